import type { MessageGroup } from './group.ts';

/** Web frameworks of Node, validation, views, the front end. */
export const FRAMEWORKS: readonly MessageGroup[] = [
  {
    name: 'Express: routes and views',
    troubles: [
      ['Cannot GET /users/17', 'Cannot GET /users/4711'],
      ['Cannot GET /orders/17'],
      ['Cannot POST /users/17'],
      ['Failed to lookup view "users/show" in views directory "/app/views"'],
      ['Failed to lookup view "orders/show" in views directory "/app/views"'],
      ['Route.get() requires a callback function but got a [object Undefined]'],
    ],
  },
  {
    name: 'Express: bodies and parameters',
    troubles: [
      ["Failed to decode param '%E0%A4%A'", "Failed to decode param '%c0%ae'"],
      ['request entity too large'],
      ['request aborted'],
      ['Unexpected field'],
      ['File too large'],
      ['invalid csrf token'],
      ['unsupported charset "LATIN-9"'],
      ['unsupported charset "UTF-7"'],
    ],
  },
  {
    name: 'Fastify: routes and plugins',
    troubles: [
      ['Route GET:/users/17 not found', 'Route GET:/users/4711 not found'],
      ['Route POST:/users/17 not found'],
      ['Route GET:/orders/17 not found'],
      ["Plugin did not start in time: 'db'. You may have forgotten to call 'done' function or to resolve a Promise"],
      ["Plugin did not start in time: 'cache'. You may have forgotten to call 'done' function or to resolve a Promise"],
      ["The decorator 'db' has already been added!"],
      ["The decorator 'cache' has already been added!"],
      ['Reply was already sent, did you forget to "return reply" in "/users/:id" (GET)?'],
      ['Reply was already sent, did you forget to "return reply" in "/orders/:id" (GET)?'],
    ],
  },
  {
    name: 'Fastify: validation',
    troubles: [
      ["body must have required property 'email'"],
      ["body must have required property 'name'"],
      ['body/email must match format "email"'],
      ['body/site must match format "uri"'],
      ['body/age must be number'],
      ['querystring/limit must be <= 100', 'querystring/limit must be <= 50'],
    ],
  },
  {
    name: 'Nest',
    troubles: [
      [
        'Nest can\'t resolve dependencies of the OrdersService (?, MailService). Please make sure that the argument "OrderRepository" at index [0] is available in the OrdersModule context.',
      ],
      [
        'Nest can\'t resolve dependencies of the OrdersService (?, MailService). Please make sure that the argument "CartRepository" at index [0] is available in the OrdersModule context.',
      ],
      [
        'Nest can\'t resolve dependencies of the UsersService (?). Please make sure that the argument "UserRepository" at index [0] is available in the UsersModule context.',
      ],
      ['Unknown authentication strategy "jwt"'],
      ['Unknown authentication strategy "local"'],
    ],
  },
  {
    name: 'React, minified and not',
    troubles: [
      [
        'Minified React error #418; visit https://reactjs.org/docs/error-decoder.html?invariant=418 for the full message or use the non-minified dev environment',
      ],
      [
        'Minified React error #425; visit https://reactjs.org/docs/error-decoder.html?invariant=425 for the full message or use the non-minified dev environment',
      ],
      ['Hydration failed because the initial UI does not match what was rendered on the server.'],
      [
        'Element type is invalid: expected a string (for built-in components) or a class/function (for composite components) but got: undefined. Check the render method of `Cart`.',
      ],
      [
        'Element type is invalid: expected a string (for built-in components) or a class/function (for composite components) but got: undefined. Check the render method of `Item`.',
      ],
      ['Cannot update a component (`Cart`) while rendering a different component (`Item`).'],
      ['Cannot update a component (`Menu`) while rendering a different component (`Item`).'],
    ],
  },
  {
    name: 'Next',
    troubles: [
      [
        'Failed to find Server Action "7f3a9c0d1e2b4a5c6d7e8f90a1b2c3d4e5f60718". This request might be from an older or newer deployment.',
        'Failed to find Server Action "00aa9c0d1e2b4a5c6d7e8f90a1b2c3d4e5f607ff". This request might be from an older or newer deployment.',
      ],
      [
        'Loading chunk 123 failed.\n(error: https://cdn.example.com/_next/static/chunks/123-8f3a2b1c9d0e4f5a.js)',
        'Loading chunk 4711 failed.\n(error: https://cdn.example.com/_next/static/chunks/4711-00aabb1c9d0e4f5a.js)',
      ],
      ["Dynamic server usage: Page couldn't be rendered statically because it used `cookies`."],
      ["Dynamic server usage: Page couldn't be rendered statically because it used `headers`."],
      ['Failed to collect page data for /users/[id]'],
      ['Failed to collect page data for /orders/[id]'],
    ],
  },
  {
    name: 'zod: the issues as JSON',
    troubles: [
      [
        '[\n  {\n    "code": "invalid_type",\n    "expected": "string",\n    "received": "undefined",\n    "path": [\n      "email"\n    ],\n    "message": "Required"\n  }\n]',
      ],
      [
        '[\n  {\n    "code": "invalid_type",\n    "expected": "string",\n    "received": "undefined",\n    "path": [\n      "name"\n    ],\n    "message": "Required"\n  }\n]',
      ],
      [
        '[\n  {\n    "code": "invalid_type",\n    "expected": "string",\n    "received": "number",\n    "path": [\n      "items",\n      0,\n      "sku"\n    ],\n    "message": "Expected string, received number"\n  }\n]',
        '[\n  {\n    "code": "invalid_type",\n    "expected": "string",\n    "received": "number",\n    "path": [\n      "items",\n      17,\n      "sku"\n    ],\n    "message": "Expected string, received number"\n  }\n]',
      ],
      [
        '[\n  {\n    "code": "invalid_type",\n    "expected": "string",\n    "received": "number",\n    "path": [\n      "items",\n      0,\n      "title"\n    ],\n    "message": "Expected string, received number"\n  }\n]',
      ],
    ],
  },
  {
    name: 'zod: values in the issues',
    troubles: [
      [
        `[{"received":"opne","code":"invalid_enum_value","options":["open","closed"],"path":["status"],"message":"Invalid enum value. Expected 'open' | 'closed', received 'opne'"}]`,
        `[{"received":"x","code":"invalid_enum_value","options":["open","closed"],"path":["status"],"message":"Invalid enum value. Expected 'open' | 'closed', received 'x'"}]`,
      ],
      [
        `[{"received":"opne","code":"invalid_enum_value","options":["open","closed"],"path":["kind"],"message":"Invalid enum value. Expected 'open' | 'closed', received 'opne'"}]`,
      ],
      ['✖ Invalid input: expected string, received number\n  → at username'],
      ['✖ Invalid input: expected string, received number\n  → at password_hint'],
      ['✖ Invalid input: expected string, received undefined\n  → at username'],
    ],
  },
  {
    name: 'ajv',
    troubles: [
      ['data/email must match format "email"'],
      ['data/site must match format "uri"'],
      ["data must have required property 'email'"],
      ["data must have required property 'name'"],
      ['data/items/0/sku must be string', 'data/items/12/sku must be string'],
      ['data/items/0/qty must be integer'],
    ],
  },
  {
    name: 'Joi',
    troubles: [
      ['"email" must be a valid email'],
      ['"contact" must be a valid email'],
      ['"name" is not allowed to be empty'],
      ['"email" is not allowed to be empty'],
      ['"items[0].qty" must be a number', '"items[12].qty" must be a number'],
      ['"items[0].price" must be a number'],
      ['"age" must be greater than or equal to 18', '"age" must be greater than or equal to 21'],
    ],
  },
  {
    name: 'class-validator and yup',
    troubles: [
      [
        'An instance of CreateUserDto has failed the validation:\n - property email has failed the following constraints: isEmail \n',
      ],
      [
        'An instance of CreateUserDto has failed the validation:\n - property name has failed the following constraints: isString \n',
      ],
      [
        'An instance of CreateOrderDto has failed the validation:\n - property email has failed the following constraints: isEmail \n',
      ],
      [
        'items[0].qty must be a `number` type, but the final value was: `NaN`',
        'items[3].qty must be a `number` type, but the final value was: `NaN`',
      ],
      ['items[0].price must be a `number` type, but the final value was: `NaN`'],
    ],
  },
  {
    name: 'templates print the source around',
    troubles: [
      [
        '/app/views/cart.ejs:12\n    10| <ul>\n    11| <li>\n >> 12| <%= total %>\n\ntotal is not defined',
        '/app/views/cart.ejs:14\n    12| <ul>\n    13| <li>\n >> 14| <%= total %>\n\ntotal is not defined',
      ],
      ['/app/views/order.ejs:12\n    10| <ul>\n    11| <li>\n >> 12| <%= total %>\n\ntotal is not defined'],
    ],
  },
  {
    name: 'TypeScript and bundlers',
    troubles: [
      [
        "src/a.ts(12,5): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.",
        "src/a.ts(140,15): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'.",
      ],
      ["src/a.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'."],
      ["src/b.ts(12,5): error TS2345: Argument of type 'string' is not assignable to parameter of type 'number'."],
      ['Failed to resolve import "./cart" from "src/main.ts". Does the file exist?'],
      ['Failed to resolve import "./order" from "src/main.ts". Does the file exist?'],
    ],
  },
  {
    name: 'images',
    troubles: [
      ['Input file contains unsupported image format'],
      ['Input buffer contains unsupported image format'],
      ['Input image exceeds pixel limit'],
      ['VipsJpeg: Premature end of input file'],
      ['extract_area: bad extract area'],
    ],
  },
];

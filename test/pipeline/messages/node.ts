import type { MessageGroup } from './group.ts';

/** Node itself and V8: https://nodejs.org/api/errors.html */
export const NODE: readonly MessageGroup[] = [
  {
    name: 'ERR_INVALID_ARG_TYPE',
    troubles: [
      [
        'The "path" argument must be of type string or an instance of Buffer or URL. Received type number (17)',
        'The "path" argument must be of type string or an instance of Buffer or URL. Received type number (4.5)',
      ],
      [
        `The "data" argument must be of type string or an instance of Buffer. Received type string ('abc')`,
        `The "data" argument must be of type string or an instance of Buffer. Received type string ('Zoë and co')`,
      ],
      ['The "path" argument must be of type string or an instance of Buffer or URL. Received undefined'],
    ],
  },
  {
    name: 'ERR_OUT_OF_RANGE writes large numbers with underscores',
    troubles: [
      [
        'The value of "offset" is out of range. It must be >= 0 && <= 1020. Received 2048',
        'The value of "offset" is out of range. It must be >= 0 && <= 12. Received 4_294_967_296',
        'The value of "offset" is out of range. It must be >= 0 && <= 8. Received -1',
      ],
      ['The value of "size" is out of range. It must be >= 0 && <= 2147483647. Received -1'],
    ],
  },
  {
    name: 'a package that is not installed',
    troubles: [
      [
        "Cannot find package 'lodash' imported from /app/dist/index.js",
        "Cannot find package 'lodash' imported from /app/dist/index.js\n    at packageResolve (node:internal/modules/esm/resolve:844:9)",
      ],
      ["Cannot find package 'pg' imported from /app/dist/index.js"],
      [
        "Cannot find module 'lodash'\nRequire stack:\n- /app/server.js\n- /app/index.js",
        "Cannot find module 'lodash'\nRequire stack:\n- /app/worker.js",
      ],
      ["Cannot find module '/app/dist/db.js' imported from /app/dist/index.js"],
    ],
  },
  {
    name: 'ERR_REQUIRE_ESM',
    troubles: [
      ['require() of ES Module /app/node_modules/nanoid/index.js from /app/src/id.js not supported.'],
      ['require() of ES Module /app/node_modules/got/dist/index.js from /app/src/id.js not supported.'],
    ],
  },
  {
    name: 'exports of a module and of a package',
    troubles: [
      [`The requested module './config.js' does not provide an export named 'default'`],
      [`The requested module './config.js' does not provide an export named 'loadConfig'`],
      [`The requested module './db.js' does not provide an export named 'default'`],
      [`Package subpath './lib/utils' is not defined by "exports" in /app/node_modules/uuid/package.json`],
      [`Package subpath './v4' is not defined by "exports" in /app/node_modules/uuid/package.json`],
    ],
  },
  {
    name: 'ERR_UNKNOWN_FILE_EXTENSION',
    troubles: [
      ['Unknown file extension ".ts" for /app/src/index.ts'],
      ['Unknown file extension ".wasm" for /app/src/index.wasm'],
    ],
  },
  {
    name: 'native modules of another version',
    troubles: [
      [
        "The module '/app/node_modules/bcrypt/lib/binding/bcrypt_lib.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 108. This version of Node.js requires\nNODE_MODULE_VERSION 115.",
        "The module '/app/node_modules/bcrypt/lib/binding/bcrypt_lib.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 93. This version of Node.js requires\nNODE_MODULE_VERSION 127.",
      ],
      [
        "The module '/app/node_modules/better-sqlite3/build/Release/better_sqlite3.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 108. This version of Node.js requires\nNODE_MODULE_VERSION 115.",
      ],
    ],
  },
  {
    name: 'streams',
    troubles: [
      ['Cannot call write after a stream was destroyed'],
      ['Cannot call pipe after a stream was destroyed'],
      ['write after end'],
      ['Premature close'],
    ],
  },
  {
    name: 'JSON.parse, old and new wording',
    troubles: [
      [
        'Unexpected token } in JSON at position 12',
        'Unexpected token } in JSON at position 40960',
        'Unexpected token } in JSON at position 3',
      ],
      ['Unexpected token < in JSON at position 0', 'Unexpected token < in JSON at position 2'],
      ['Unexpected end of JSON input'],
      [
        "Expected ',' or '}' after property value in JSON at position 1042 (line 1 column 1043)",
        "Expected ',' or '}' after property value in JSON at position 7 (line 2 column 3)",
      ],
      ["Expected ',' or ']' after array element in JSON at position 1042 (line 1 column 1043)"],
      ['Bad control character in string literal in JSON at position 17 (line 1 column 18)'],
      [
        'Unterminated string in JSON at position 65536 (line 1 column 65537)',
        'Unterminated string in JSON at position 16384 (line 9 column 2)',
      ],
    ],
  },
  {
    name: 'JSON.parse quotes the token and the text',
    troubles: [
      [
        `Unexpected token '<', "<!DOCTYPE "... is not valid JSON`,
        `Unexpected token '<', "<html>\n<he"... is not valid JSON`,
        `Unexpected token '<', ..."rue, "a": <b>"... is not valid JSON`,
      ],
      [`Unexpected token 'o', "[object Obj"... is not valid JSON`],
      [`"undefined" is not valid JSON`],
    ],
  },
  {
    name: 'what is undefined',
    troubles: [
      ["Cannot read properties of undefined (reading 'map')"],
      ["Cannot read properties of undefined (reading 'length')"],
      ["Cannot set properties of undefined (setting 'status')"],
      ["Cannot set properties of undefined (setting 'total')"],
      ["Cannot destructure property 'id' of 'req.user' as it is undefined."],
      ["Cannot destructure property 'email' of 'req.user' as it is undefined."],
      ["Cannot destructure property 'id' of 'req.body' as it is undefined."],
    ],
  },
  {
    name: 'what is no function',
    troubles: [
      ['res.data.items.map is not a function'],
      ['db.query is not a function'],
      ['db.connect is not a function'],
      ["Class constructor Cart cannot be invoked without 'new'"],
      ["Class constructor Order cannot be invoked without 'new'"],
    ],
  },
  {
    name: 'what is not defined',
    troubles: [
      ['total is not defined'],
      ['config is not defined'],
      ["Cannot access 'total' before initialization"],
      ["Cannot access 'config' before initialization"],
      ['undefined is not iterable (cannot read property Symbol(Symbol.iterator))'],
      ['Assignment to constant variable.'],
    ],
  },
  {
    name: 'circular structures',
    troubles: [
      [
        "Converting circular structure to JSON\n    --> starting at object with constructor 'Socket'\n    |     property '_httpMessage' -> object with constructor 'ClientRequest'\n    --- property 'socket' closes the circle",
      ],
      [
        "Converting circular structure to JSON\n    --> starting at object with constructor 'Query'\n    --- property 'self' closes the circle",
      ],
    ],
  },
  {
    name: 'numbers in a message of V8',
    troubles: [
      [
        'The number 1.5 cannot be converted to a BigInt because it is not an integer',
        'The number 2.25 cannot be converted to a BigInt because it is not an integer',
      ],
      [
        'Cannot create a string longer than 0x1fffffe8 characters',
        'Cannot create a string longer than 0x3fffffe7 characters',
      ],
      ['Invalid array length'],
      ['Invalid time value'],
    ],
  },
  {
    name: 'regular expressions',
    troubles: [
      ['Invalid regular expression: /(/: Unterminated group'],
      ['Invalid regular expression: /(/: Nothing to repeat'],
      ["Invalid flags supplied to RegExp constructor 'gg'"],
    ],
  },
  {
    name: 'a leak of listeners',
    troubles: [
      [
        'Possible EventEmitter memory leak detected. 11 error listeners added to [Socket]. MaxListeners is 10. Use emitter.setMaxListeners() to increase limit',
        'Possible EventEmitter memory leak detected. 101 error listeners added to [Socket]. MaxListeners is 100. Use emitter.setMaxListeners() to increase limit',
      ],
      [
        'Possible EventEmitter memory leak detected. 11 drain listeners added to [Socket]. MaxListeners is 10. Use emitter.setMaxListeners() to increase limit',
      ],
      [
        'Possible EventEmitter memory leak detected. 11 error listeners added to [PassThrough]. MaxListeners is 10. Use emitter.setMaxListeners() to increase limit',
      ],
    ],
  },
  {
    name: 'out of memory',
    troubles: [
      [
        '[1:0x5f3c2b0]   123456 ms: Mark-sweep 2047.5 (2083.2) -> 2046.9 (2083.7) MB, 812.4 / 0.1 ms  (average mu = 0.12, current mu = 0.01) allocation failure; scavenge might not succeed',
        '[4711:0x6a1b2c0]   98 ms: Mark-sweep 510.1 (520.0) -> 509.9 (520.7) MB, 90.4 / 0.0 ms  (average mu = 0.20, current mu = 0.03) allocation failure; scavenge might not succeed',
      ],
      ['Reached heap limit Allocation failed - JavaScript heap out of memory'],
      ['Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory'],
    ],
  },
];

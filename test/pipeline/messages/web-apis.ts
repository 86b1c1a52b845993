import type { MessageGroup } from './group.ts';

/** Services that an application calls: payments, language models, chat, mail, source code. */
export const WEB_APIS: readonly MessageGroup[] = [
  {
    name: 'Stripe: things that are not there',
    troubles: [
      [
        "No such payment_intent: 'pi_3NkXyZ2eZvKYlo2C1abcdEFG'",
        "No such payment_intent: 'pi_1AbCdE2eZvKYlo2CqwertyZX'",
      ],
      ["No such customer: 'cus_NffrFeUfNV2Hib'", "No such customer: 'cus_Ph0x8KlmQwErTy'"],
      ["No such price: 'price_1MoBy5LkdIwHu7ixZhnattbh'"],
    ],
  },
  {
    name: 'Stripe: cards and requests',
    troubles: [
      ['Your card was declined.'],
      ['Your card has insufficient funds.'],
      ['Received unknown parameter: customer_mail'],
      ['Received unknown parameter: colour'],
      [
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'order-8123-a1b2c3' if you meant to execute a different request.",
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'order-4711-ffee12' if you meant to execute a different request.",
      ],
    ],
  },
  {
    name: 'OpenAI: limits',
    troubles: [
      [
        '429 Rate limit reached for gpt-4o in organization org-AbC123xyz456DEF on tokens per min (TPM): Limit 30000, Used 29500, Requested 1200. Please try again in 1.4s. Visit https://platform.openai.com/account/rate-limits to learn more.',
        '429 Rate limit reached for gpt-4o in organization org-AbC123xyz456DEF on tokens per min (TPM): Limit 60000, Used 1, Requested 120000. Please try again in 250ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      ],
      [
        '429 Rate limit reached for gpt-4o in organization org-AbC123xyz456DEF on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in 120ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      ],
      ['429 You exceeded your current quota, please check your plan and billing details.'],
      ['500 status code (no body)'],
      ['503 status code (no body)'],
    ],
  },
  {
    name: 'OpenAI: models and lengths',
    troubles: [
      [
        "400 This model's maximum context length is 128000 tokens. However, your messages resulted in 130211 tokens. Please reduce the length of the messages.",
        "400 This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages.",
      ],
      ['404 The model `gpt-5` does not exist or you do not have access to it.'],
      ['404 The model `gpt-4` does not exist or you do not have access to it.'],
    ],
  },
  {
    name: 'Anthropic answers JSON',
    troubles: [
      [
        '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}',
        '529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CSHzzzqs5C35K2UUqAAFy"}',
      ],
      [
        '400 {"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}',
      ],
    ],
  },
  {
    name: 'Twilio',
    troubles: [
      [
        "The 'To' number +15005550001 is not a valid phone number.",
        "The 'To' number +4915112345678 is not a valid phone number.",
      ],
      ["The 'From' number +15005550001 is not a valid phone number, shortcode, or alphanumeric sender ID."],
      [
        'The number +15005550004 is unverified. Trial accounts cannot send messages to unverified numbers',
        'The number +15005550009 is unverified. Trial accounts cannot send messages to unverified numbers',
      ],
    ],
  },
  {
    name: 'Slack, Telegram, Discord',
    troubles: [
      ['An API error occurred: channel_not_found'],
      ['An API error occurred: not_in_channel'],
      ['ETELEGRAM: 429 Too Many Requests: retry after 37', 'ETELEGRAM: 429 Too Many Requests: retry after 5'],
      ['ETELEGRAM: 403 Forbidden: bot was blocked by the user'],
      ['ETELEGRAM: 403 Forbidden: bot was kicked from the group chat'],
      ['DiscordAPIError[50013]: Missing Permissions'],
      ['DiscordAPIError[50001]: Missing Access'],
    ],
  },
  {
    name: 'GitHub',
    troubles: [
      ['API rate limit exceeded for 203.0.113.7.', 'API rate limit exceeded for 198.51.100.20.'],
      ['API rate limit exceeded for installation ID 12345.', 'API rate limit exceeded for installation ID 9.'],
      ['Bad credentials'],
      [
        'No commit found for SHA: 8f3a2b1c9d0e4f5a6b7c8d9e0f1a2b3c4d5e6f70',
        'No commit found for SHA: 0000ab1c9d0e4f5a6b7c8d9e0f1a2b3c4d5e6f7a',
      ],
    ],
  },
  {
    name: 'tokens',
    troubles: [
      ['jwt expired'],
      ['jwt malformed'],
      ['invalid signature'],
      ['jwt audience invalid. expected: https://api.example.com'],
      ['jwt audience invalid. expected: https://admin.example.com'],
      [
        'Firebase ID token has expired. Get a fresh ID token from your client app and try again (auth/id-token-expired).',
      ],
      ['Firebase ID token has invalid signature.'],
    ],
  },
  {
    name: 'a browser that is driven',
    troubles: [
      ['Navigation timeout of 30000 ms exceeded', 'Navigation timeout of 5000 ms exceeded'],
      ['net::ERR_CONNECTION_REFUSED at https://shop.example.com/'],
      ['net::ERR_NAME_NOT_RESOLVED at https://shop.example.com/'],
      ['Waiting for selector `#login` failed: Waiting failed: 30000ms exceeded'],
      ['Waiting for selector `#cart` failed: Waiting failed: 30000ms exceeded'],
      ['Protocol error (Page.navigate): Target closed.'],
      ['Protocol error (Runtime.callFunctionOn): Target closed.'],
    ],
  },
  {
    name: 'mail services and shops',
    troubles: [
      [
        'Sending failed for message 18c2d3e4f5a6b7c8: 421 4.7.0 Temporary System Problem. Try again later (10).',
        'Sending failed for message 18c2d3e4f5a6b7ff: 421 4.7.0 Temporary System Problem. Try again later (4).',
      ],
      [
        'Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: ann@example.com',
        'Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: bob@example.com',
      ],
      [
        'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.',
        'Exceeded 40 calls per second for api client. Reduce request rates to resume uninterrupted service.',
      ],
    ],
  },
];

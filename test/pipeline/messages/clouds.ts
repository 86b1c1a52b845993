import type { MessageGroup } from './group.ts';

/** SDKs and services of AWS, Google Cloud and Azure, and of others that are called over HTTP. */
export const CLOUDS: readonly MessageGroup[] = [
  {
    name: 'AWS: not authorised',
    troubles: [
      [
        'User: arn:aws:sts::123456789012:assumed-role/shop-api/i-0abc123def4567890 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::invoices/2026/11/03/8123.pdf"',
        'User: arn:aws:sts::123456789012:assumed-role/shop-api/i-0fff00aa11bb22cc3 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::invoices/2026/12/24/99.pdf"',
      ],
      [
        'User: arn:aws:sts::123456789012:assumed-role/shop-api/i-0abc123def4567890 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::invoices/2026/11/03/8123.pdf"',
      ],
      [
        'User: arn:aws:sts::123456789012:assumed-role/shop-api/i-0abc123def4567890 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::avatars/2026/11/03/8123.pdf"',
      ],
    ],
  },
  {
    name: 'AWS: short ones',
    troubles: [
      ['The specified key does not exist.'],
      ['The specified bucket does not exist'],
      ['Access Denied'],
      ['The security token included in the request is expired'],
      ['The security token included in the request is invalid.'],
      ['Could not load credentials from any providers'],
      ['Rate exceeded'],
    ],
  },
  {
    name: 'AWS SDK of Java appends service, status and ids',
    troubles: [
      [
        'Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 4442587FB7D0A2F9; S3 Extended Request ID: vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=)',
        'Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: ZZ2587FB7D0A2F91; S3 Extended Request ID: Ab/7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQ+ryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=)',
      ],
      [
        'Access Denied (Service: Amazon SQS; Status Code: 403; Error Code: AccessDenied; Request ID: 0f8fad5b-d9cb-469f-a165-70867728950e)',
      ],
    ],
  },
  {
    name: 'DynamoDB and SQS',
    troubles: [
      ['Requested resource not found: Table: orders not found'],
      ['Requested resource not found: Table: users not found'],
      ['The conditional request failed'],
      [
        'Value AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
        'Value AQEBzbVvPx9tYw0Kf3qLsd8HhJk2mN4rTvXyZ1 for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
      ],
      ['Value AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a for parameter DelaySeconds is invalid. Reason: too long'],
    ],
  },
  {
    name: 'Lambda',
    troubles: [
      [
        '2026-11-03T04:05:06.789Z 0f8fad5b-d9cb-469f-a165-70867728950e Task timed out after 30.03 seconds',
        '2026-11-04T09:00:00.001Z 7c9e6679-7425-40de-944b-e07fc1f90ae7 Task timed out after 3.00 seconds',
      ],
      [
        'RequestId: 0f8fad5b-d9cb-469f-a165-70867728950e Error: Runtime exited with error: signal: killed',
        'RequestId: 7c9e6679-7425-40de-944b-e07fc1f90ae7 Error: Runtime exited with error: signal: killed',
      ],
      ['RequestId: 0f8fad5b-d9cb-469f-a165-70867728950e Error: Runtime exited with error: exit status 1'],
      ['RequestId: 0f8fad5b-d9cb-469f-a165-70867728950e Error: Runtime exited with error: exit status 129'],
    ],
  },
  {
    name: 'CloudFormation quotes the answer',
    troubles: [
      [
        'Resource handler returned message: "invoices already exists (Service: S3, Status Code: 409, Request ID: ABC123DEF4567890, Extended Request ID: pQ8/aB3dE5gH7jK9mN1prStVwXyZ0123456789abcdefg=)" (RequestToken: 0f8fad5b-d9cb-469f-a165-70867728950e, HandlerErrorCode: AlreadyExists)',
        'Resource handler returned message: "invoices already exists (Service: S3, Status Code: 409, Request ID: 99C123DEF45678FF, Extended Request ID: Zz8/aB3dE5gH7jK9mN1prStVwXyZ0123456789abcdefg=)" (RequestToken: 7c9e6679-7425-40de-944b-e07fc1f90ae7, HandlerErrorCode: AlreadyExists)',
      ],
      [
        'Resource handler returned message: "avatars already exists (Service: S3, Status Code: 409, Request ID: ABC123DEF4567890)" (RequestToken: 0f8fad5b-d9cb-469f-a165-70867728950e, HandlerErrorCode: AlreadyExists)',
      ],
    ],
  },
  {
    name: 'Google Cloud: permissions',
    troubles: [
      [
        "shop-api@my-project.iam.gserviceaccount.com does not have storage.objects.get access to the Google Cloud Storage object. Permission 'storage.objects.get' denied on resource (or it may not exist).",
      ],
      [
        "shop-api@my-project.iam.gserviceaccount.com does not have storage.objects.create access to the Google Cloud Storage object. Permission 'storage.objects.create' denied on resource (or it may not exist).",
      ],
      ["Permission 'pubsub.topics.publish' denied on resource (or it may not exist)."],
      ["Permission 'pubsub.subscriptions.consume' denied on resource (or it may not exist)."],
    ],
  },
  {
    name: 'Google Cloud: an API that is off',
    troubles: [
      [
        '7 PERMISSION_DENIED: Cloud Pub/Sub API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/pubsub.googleapis.com/overview?project=123456789012 then retry.',
        '7 PERMISSION_DENIED: Cloud Pub/Sub API has not been used in project 998877665544 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/pubsub.googleapis.com/overview?project=998877665544 then retry.',
      ],
      [
        '7 PERMISSION_DENIED: Cloud Vision API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/vision.googleapis.com/overview?project=123456789012 then retry.',
      ],
    ],
  },
  {
    name: 'Google Cloud: quotas',
    troubles: [
      [
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'sheets.googleapis.com' for consumer 'project_number:123456789012'.",
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'sheets.googleapis.com' for consumer 'project_number:998877665544'.",
      ],
      [
        "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute' of service 'sheets.googleapis.com' for consumer 'project_number:123456789012'.",
      ],
      [
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'drive.googleapis.com' for consumer 'project_number:123456789012'.",
      ],
    ],
  },
  {
    name: 'Pub/Sub, BigQuery, Firestore',
    troubles: [
      ['5 NOT_FOUND: Resource not found (resource=orders-sub).'],
      ['5 NOT_FOUND: Resource not found (resource=mails-sub).'],
      ['Not found: Table my-project:shop.orders was not found in location EU'],
      ['Not found: Table my-project:shop.users was not found in location EU'],
      [
        '5 NOT_FOUND: No document to update: projects/shop-prod/databases/(default)/documents/users/8fJk2LmNq0PrStUvWx12',
        '5 NOT_FOUND: No document to update: projects/shop-prod/databases/(default)/documents/users/Zq3WnB7vC1xM5aS9dF0g',
      ],
      [
        '5 NOT_FOUND: No document to update: projects/shop-prod/databases/(default)/documents/orders/8fJk2LmNq0PrStUvWx12',
      ],
    ],
  },
  {
    name: 'Azure: sign-in',
    troubles: [
      [
        "AADSTS700016: Application with identifier '0f8fad5b-d9cb-469f-a165-70867728950e' was not found in the directory 'contoso'. Trace ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7 Correlation ID: 7c9e6679-7425-40de-944b-e07fc1f90ae8 Timestamp: 2026-11-03 04:05:06Z",
        "AADSTS700016: Application with identifier '0f8fad5b-d9cb-469f-a165-70867728950e' was not found in the directory 'contoso'. Trace ID: 1c9e6679-7425-40de-944b-e07fc1f90ae7 Correlation ID: 2c9e6679-7425-40de-944b-e07fc1f90ae8 Timestamp: 2026-12-03 14:05:06Z",
      ],
      ['AADSTS7000215: Invalid client secret provided. Trace ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7'],
      ['AADSTS7000222: Invalid client secret provided. Trace ID: 7c9e6679-7425-40de-944b-e07fc1f90ae7'],
    ],
  },
  {
    name: 'Azure: storage, Cosmos DB, Service Bus',
    troubles: [
      [
        'The specified blob does not exist.\nRequestId:0f8fad5b-d9cb-469f-a165-70867728950e\nTime:2026-11-03T04:05:06.1234567Z',
        'The specified blob does not exist.\nRequestId:7c9e6679-7425-40de-944b-e07fc1f90ae7\nTime:2026-11-04T14:15:16.7654321Z',
      ],
      [
        'The specified container does not exist.\nRequestId:0f8fad5b-d9cb-469f-a165-70867728950e\nTime:2026-11-03T04:05:06.1234567Z',
      ],
      [
        'Request rate is large. More Request Units may be needed, so no changes were made. ActivityId: 0f8fad5b-d9cb-469f-a165-70867728950e, Microsoft.Azure.Documents.Common/2.14.0',
        'Request rate is large. More Request Units may be needed, so no changes were made. ActivityId: 7c9e6679-7425-40de-944b-e07fc1f90ae7, Microsoft.Azure.Documents.Common/2.15.1',
      ],
      ["The messaging entity 'sb://shop.servicebus.windows.net/orders' could not be found."],
      ["The messaging entity 'sb://shop.servicebus.windows.net/mails' could not be found."],
    ],
  },
];

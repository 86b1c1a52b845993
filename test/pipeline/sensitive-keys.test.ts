import { describe, expect, it } from 'vitest';
import { isSensitiveKey, keyWords } from '../../src/pipeline/sensitive-keys.ts';

describe('words of a name', () => {
  it.each([
    ['AWS_SECRET_ACCESS_KEY', ['aws', 'secret', 'access', 'key']],
    ['APIKey2', ['api', 'key']],
    ['x-api-key', ['x', 'api', 'key']],
    ['oauth2AccessToken', ['oauth', 'access', 'token']],
    ['http.request.header.authorization', ['http', 'request', 'header', 'authorization']],
    ['mot de passe', ['mot', 'de', 'passe']],
    ['Contrase\u006e\u0303a', ['contraseña']],
    ['', []],
    ['1234', []],
  ])('%s', (name, words) => {
    expect(keyWords(name)).toEqual(words);
  });
});

describe('sensitive names', () => {
  it.each(
    (
      'password passwd pwd pass passphrase passcode secret secrets credential credentials creds authorization auth authKey _auth cookie cookies ' +
      'jwt otp pin cvv cvc mfaCode csrf csrfToken xsrf-token token tokens accessToken ACCESS_TOKEN connectionString connection_string ' +
      'sessionId session.id pat github_pat dbPassword DB_PASSWORD password2 passwordHash password_confirmation user.password newPassword ' +
      'api_key apiKey APIKey apikey x-api-key secretKey privateKey accessKey accountKey storageKey signing_key encryptionKey masterKey ' +
      'auth_key serviceKey clientKey sharedKey subscription-key webhookKey licenseKey sdkKey deployKey api_keys AWS_SECRET_ACCESS_KEY ' +
      'client_secret clientSecret secret_key_base secretValue PGPASSWORD Set-Cookie Proxy-Authorization X-Auth-Token X-Vault-Token ' +
      'Ocp-Apim-Subscription-Key X-Amz-Security-Token X-Goog-Api-Key http.request.header.authorization http.request.header.x-api-key ' +
      'password_reset_token bearerToken JSESSIONID contraseña passwort senha пароль パスワード mot_de_passe motDePasse userパスワード'
    ).split(' '),
  )('%s', (name) => {
    expect(isSensitiveKey(name)).toBe(true);
    expect(isSensitiveKey(`app.${name}`)).toBe(true);
  });

  it.each(
    (
      'tokenizer encompass authentic secretariat spinner author authority compass passenger keyboard monkey cookieConsent pinned ' +
      'tokens_remaining token_budget max_tokens prompt_tokens tokenCount token_ttl tokenType passwordChangedAt password_policy passwordLength ' +
      'auth_provider auth_method secretName secret_arn secretPath password.expiry credentials_provider credentialType is_secret hasPassword ' +
      'publicKey primary_key foreignKey partition_key routing-key cacheKey sort_key messageKey row_key groupKey idempotency_key hotKey key ' +
      'user username host port database id session path route status passRate code zipCode errorCode name pattern password.ts auth.service.name'
    ).split(' '),
  )('not %s', (name) => {
    expect(isSensitiveKey(name)).toBe(false);
  });

  it('is decided in bounded time for any name', () => {
    expect(isSensitiveKey(`${'aB'.repeat(200_000)}_password`)).toBe(true);
    expect(isSensitiveKey('A'.repeat(400_000))).toBe(false);
  });
});

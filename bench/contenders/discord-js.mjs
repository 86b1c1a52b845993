import { WebhookClient } from 'discord.js';

// https://discordjs.guide/popular-topics/webhooks.html; the address of the API is an option of its REST client.
export function start({ url }) {
  const { origin, pathname } = new URL(url);
  const webhook = new WebhookClient({ url: `https://discord.com${pathname}` }, { rest: { api: `${origin}/api` } });
  const send = (error) => {
    webhook.send({ content: `\`\`\`\n${error.stack.slice(0, 1_900)}\n\`\`\`` }).catch(() => {});
  };
  return { error: send, fatal: send };
}

// What stands in many a catch block: a POST, no retry, nobody waits for it.
export function start({ url }) {
  const post = (error) => {
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ content: `\`\`\`\n${error.stack.slice(0, 1_900)}\n\`\`\`` }),
    }).catch(() => {});
  };
  return { error: post, fatal: post };
}

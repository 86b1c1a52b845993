import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ChannelView, SwitchView } from '../view.ts';

/** The ways to turn Discord off. */
export function SwitchList({
  switches,
  channels,
}: {
  switches: readonly SwitchView[];
  channels: readonly ChannelView[];
}): VNode {
  return (
    <ul class="switches">
      {switches.map((one) => (
        <SwitchRow key={one.id} one={one} channels={channels} />
      ))}
    </ul>
  );
}

function SwitchRow({ one, channels }: { one: SwitchView; channels: readonly ChannelView[] }): VNode {
  const [chosen, setChosen] = useState<string>();
  const channelId = one.channelId ?? chosen ?? channels[0]?.id;
  const set = (on: boolean): void => {
    void fetch(`/_sandbox/switches/${one.id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ on, channelId }),
    }).catch(() => undefined);
  };
  return (
    <li class={one.isOn ? 'switch-row is-on' : 'switch-row'}>
      <button
        type="button"
        role="switch"
        aria-checked={one.isOn}
        aria-describedby={`explains-${one.id}`}
        onClick={() => set(!one.isOn)}
      >
        <span>{one.label}</span>
        <span class="switch" aria-hidden="true" />
      </button>
      {one.perChannel && (
        <label class="switch-channel">
          of{' '}
          <select value={channelId} disabled={one.isOn} onChange={(event) => setChosen(event.currentTarget.value)}>
            {channels.map(({ id, name }) => (
              <option key={id} value={id}>
                #{name}
              </option>
            ))}
          </select>
        </label>
      )}
      <p class="explains" id={`explains-${one.id}`}>
        {one.explains}
      </p>
    </li>
  );
}

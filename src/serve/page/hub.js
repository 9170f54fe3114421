// One stream of the server's events, and what it has said so far. Runs once a browser: in a shared worker, or in the
// tab that leads the others.
"use strict";

const AGAIN = 1000;

/** Opens the stream; `send` is given each message. What it returns greets a tab that comes later. */
export function hub(send) {
  const state = {};
  let connection = "connecting", row = [];
  const say = (value) => {
    if (value === connection) return;
    connection = value;
    send({ connection });
  };
  const open = () => {
    const source = new EventSource("/events");
    source.onopen = () => say("connected");
    source.onerror = () => {
      say("reconnecting");
      // The browser comes back by itself, but not after an answer that is no stream.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, AGAIN);
    };
    source.onmessage = (event) => {
      const patch = JSON.parse(event.data);
      say("connected");
      Object.assign(state, patch);
      if (patch.web) state.web = { from: null, to: patch.web.to };
      if (patch.sheets) {
        if (patch.sheets.fresh) row = [];
        for (const [at, gone, items] of patch.sheets.splices) row.splice(at, gone, ...items);
        state.sheets = { fresh: true, splices: [[0, 0, row]] };
      }
      send({ patch });
    };
  };
  open();
  return () => ({ connection, patch: state });
}

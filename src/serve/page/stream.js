// The server's events for this tab: through the shared worker; else through the tab that leads; else its own stream.
import { hub } from "./hub.js";

/** Calls `hear` with each message: `{connection}`, `{patch}` or both. */
export function listen(hear) {
  if (globalThis.SharedWorker) {
    try {
      return throughWorker(hear);
    } catch { /* forbidden here: the next way */ }
  }
  if (globalThis.BroadcastChannel && navigator.locks) return throughLeader(hear);
  hub(hear);
}

function throughWorker(hear) {
  const connect = () => {
    const worker = new SharedWorker("/_/worker.js", { type: "module", name: "rapporteur" });
    worker.port.onmessage = (event) => hear(event.data);
    return worker.port;
  };
  let port = connect();
  // A tab that is put aside and taken up again (back and forward) connects anew.
  addEventListener("pagehide", () => port.postMessage("bye"));
  addEventListener("pageshow", (event) => { if (event.persisted) port = connect(); });
}

function throughLeader(hear) {
  const channel = new BroadcastChannel("rapporteur");
  let greeting = null;
  channel.onmessage = ({ data }) => {
    if (data === "hello") { if (greeting) channel.postMessage(greeting()); } else hear(data);
  };
  channel.postMessage("hello");
  // Whoever has the lock leads until its tab closes; then another gets it.
  navigator.locks.request("rapporteur", () => {
    greeting = hub((message) => { channel.postMessage(message); hear(message); });
    return new Promise(() => {});
  });
}

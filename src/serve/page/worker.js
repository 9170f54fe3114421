// The shared worker: all tabs of a browser listen through it, so that they need one connection.
import { hub } from "./hub.js";

const ports = new Set();
const greeting = hub((message) => ports.forEach((port) => port.postMessage(message)));

const receive = (port) => {
  ports.add(port);
  port.onmessage = () => ports.delete(port);
  port.postMessage(greeting());
};
onconnect = (event) => receive(event.ports[0]);

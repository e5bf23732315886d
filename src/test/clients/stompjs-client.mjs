// Watches a topic with @stomp/stompjs and prints each message's body on a line of its own; ends after the roll has ended.
// node stompjs-watcher.mjs ws://host:port/ws /topic/rolls.<rollId>, with NODE_PATH naming a node_modules folder.
import { createRequire } from 'node:module';

const require = createRequire(process.env.NODE_PATH + '/');
const { Client } = require('@stomp/stompjs');
const { WebSocket } = require('ws');

const [brokerURL, destination] = process.argv.slice(2);
const client = new Client({
  webSocketFactory: () => new WebSocket(brokerURL, ['v12.stomp']),
  reconnectDelay: 0,
  onConnect: () => client.subscribe(destination, ({ body }) => {
    console.log(body);
    if (JSON.parse(body).type === 'ended') {
      client.deactivate();
    }
  }),
  onStompError: (frame) => {
    console.error(frame.headers.message, frame.body);
    process.exit(1);
  },
});
client.activate();

// A client with @stomp/stompjs. NODE_PATH names a node_modules folder. Any error ends the client with exit code 1.
// Subscribe to a topic: prints "subscribed" and the body of each message, until the roll has ended.
//   node stompjs-client.mjs ws://host:port/ws /topic/rolls.<rollId>
// Sessions one after the other, each with one presence: prints the number of sessions without an error.
//   node stompjs-client.mjs ws://host:port/ws /topic/rolls.<rollId> http://host:port/classes/1/presence <sessions>
import { createRequire } from 'node:module';

const require = createRequire(process.env.NODE_PATH + '/');
const { Client } = require('@stomp/stompjs');
const { WebSocket } = require('ws');

const [brokerURL, destination, presenceURL, sessions] = process.argv.slice(2);

function fail(...why) {
  console.error(...why);
  process.exit(1);
}

/** Subscribes, calls onSubscribed when the subscription is in effect, and resolves when the socket is closed. */
function connect(onSubscribed, onMessage) {
  return new Promise((closed) => {
    const client = new Client({
      webSocketFactory: () => new WebSocket(brokerURL, ['v12.stomp']),
      reconnectDelay: 0,
      onConnect: () => {
        client.watchForReceipt('subscribed', () => onSubscribed(client));
        client.subscribe(destination, (message) => onMessage(client, message.body), { id: 'roll', receipt: 'subscribed' });
      },
      onStompError: (frame) => fail('ERROR', frame.headers.message, frame.body),
      onWebSocketError: (event) => fail('WebSocket', event.message),
      onUnhandledMessage: (message) => fail('A message without a subscription', message.body),
      onUnhandledReceipt: (frame) => fail('An unexpected receipt', frame.headers['receipt-id']),
      onUnhandledFrame: (frame) => fail('An unknown frame', frame.command),
      onWebSocketClose: ({ code }) => ([1000, 1005].includes(code) ? closed() : fail('Closed with', code)),
    });
    client.activate();
  });
}

async function answer(studentId) {
  const response = await fetch(presenceURL, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ studentId }),
  });
  if (!response.ok) {
    fail('The answer to the presence has the status', response.status);
  }
}

function session(studentId) {
  return connect(() => answer(studentId), (client, body) => {
    if (JSON.parse(body).studentId !== studentId) {
      fail('Expected', studentId, 'and got', body);
    }
    client.watchForReceipt('unsubscribed', () => client.deactivate());
    client.unsubscribe('roll', { receipt: 'unsubscribed' });
  });
}

if (sessions === undefined) {
  await connect(() => console.log('subscribed'), (client, body) => {
    console.log(body);
    if (JSON.parse(body).type === 'ended') {
      client.deactivate();
    }
  });
} else {
  for (let number = 1; number <= Number(sessions); number++) {
    await session(`stompjs-${number}`);
  }
  console.log(sessions);
}

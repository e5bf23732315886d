/*
 * Shows an open roll on a projector: it asks the server every two seconds, and says when it does not know the present
 * state. Written for browsers of ten years ago: ECMAScript 5, no promises, no fetch.
 */
(function () {
  'use strict';

  var TICK_MS = 250;
  var PAUSE_MS = 2000;
  var MAX_PAUSE_MS = 15000;
  var RESPONSE_TIMEOUT_MS = 10000;
  /** An answer older than this is not live. */
  var LIVE_MS = 6000;
  /** If the time of day jumps by more between two ticks, the machine has slept, or somebody has set its clock. */
  var MAX_JUMP_MS = 3000;
  /** Longer texts need a smaller size. */
  var LONG_CLASS = 8;
  var LONG_ADDRESS = 34;

  var links = window.ProjectorLinks(now);
  /** loading, roll, gone, wrong or slowed. */
  var screen = 'loading';
  /** The last answer with a roll, when it arrived, and the time of day then. */
  var roll = null;
  var answeredAt = -Infinity;
  var answeredTime = null;
  var failures = 0;
  var ticks = 0;
  var lastTick = Date.now();
  var drawnQr = '';

  /** A clock that nobody sets. A browser without one counts the ticks, which may come late, but not early. */
  function now() {
    return window.performance && window.performance.now ? window.performance.now() : ticks * TICK_MS;
  }

  function find(name) {
    return document.querySelector('[data-' + name + ']');
  }

  function text(name, value) {
    var element = find(name);
    if (element.textContent !== value) {
      element.textContent = value;
    }
  }

  function show(element, isShown) {
    element.hidden = !isShown;
  }

  function mark(element, name, isSet) {
    if (isSet) {
      element.setAttribute(name, '');
    } else {
      element.removeAttribute(name);
    }
  }

  function twoDigits(number) {
    return (number < 10 ? '0' : '') + number;
  }

  function timeOfDay(date) {
    return twoDigits(date.getHours()) + ':' + twoDigits(date.getMinutes());
  }

  /** A time left as hours, minutes and seconds. */
  function duration(milliseconds) {
    var seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    var minutes = Math.floor(seconds / 60);
    var rest = twoDigits(seconds % 60);
    return minutes < 60 ? minutes + ':' + rest : Math.floor(minutes / 60) + ':' + twoDigits(minutes % 60) + ':' + rest;
  }

  function draw() {
    [].forEach.call(document.querySelectorAll('[data-screen]'), function (each) {
      show(each, each.getAttribute('data-screen') === screen);
    });
    document.body.setAttribute('data-state', screen);
    show(find('unreachable'), failures > 0);
    if (screen === 'roll') {
      drawRoll();
      drawLink(links.current());
      drawFoot();
    }
  }

  function drawRoll() {
    var address = roll.address.split('://');
    var unit = find('unit');
    text('class', String(roll.classId));
    mark(document.querySelector('.roll h1'), 'data-long', String(roll.classId).length > LONG_CLASS);
    text('present', String(roll.present));
    text('unit', unit.getAttribute(roll.present === 1 ? 'data-one' : 'data-many'));
    text('scheme', address[0] + '://');
    text('address', address[1]);
    mark(document.querySelector('.url'), 'data-long', roll.address.length > LONG_ADDRESS);
  }

  /** Shows the link, or that its code has run out. */
  function drawLink(link) {
    var code = link && link.code ? link.code : '';
    var qr = link ? link.qr : [];
    show(find('expired'), !link);
    show(find('code'), !link || code);
    text('first', code.slice(0, 3));
    text('second', code.slice(3));
    find('bar').style.width = (link ? 100 * link.left : 0) + '%';
    if (qr.join() !== drawnQr) {
      drawnQr = qr.join();
      window.ProjectorQr.draw(find('qr'), qr);
      find('qr').setAttribute('aria-label', find('qr').getAttribute('data-label').replace('{address}', roll.address));
    }
  }

  function drawFoot() {
    var left = find('left');
    var isLive = now() - answeredAt < LIVE_MS;
    text('clock', timeOfDay(new Date()));
    show(left, roll.endsAt !== undefined);
    text('left', left.getAttribute('data-text').replace('{time}', duration(roll.endsAt - now())));
    show(find('live'), isLive);
    show(find('not-live'), !isLive);
    text('not-live', find('not-live').getAttribute('data-text').replace('{time}', answeredTime));
    mark(document.querySelector('.roll'), 'data-stale', !isLive);
  }

  function tick() {
    var time = Date.now();
    ticks++;
    if (Math.abs(time - lastTick - TICK_MS) > MAX_JUMP_MS) {
      links.forget();
      answeredAt = -Infinity;
    }
    lastTick = time;
    draw();
  }

  function read(request) {
    try {
      return JSON.parse(request.responseText) || {};
    } catch (e) {
      return {};
    }
  }

  /** Takes an answer; anything that this server does not say counts as none. */
  function take(request) {
    var answer = read(request);
    if (request.status === 200 && answer.links && answer.classId) {
      roll = answer;
      answeredAt = now();
      answeredTime = timeOfDay(new Date());
      if (answer.endsInMs !== undefined) {
        roll.endsAt = answeredAt + answer.endsInMs;
      }
      links.take(answer.links);
      screen = 'roll';
      failures = 0;
      window.setTimeout(ask, PAUSE_MS);
    } else if (answer.type === 'urn:rollcall:not-projected') {
      screen = roll ? 'gone' : 'wrong';
      forget();
    } else {
      screen = answer.type === 'urn:rollcall:too-many-guesses' && !roll ? 'slowed' : screen;
      askLater();
    }
    draw();
  }

  /** Leaves nothing of the class in the page. */
  function forget() {
    roll = null;
    links.take([]);
    ['class', 'present', 'first', 'second', 'address', 'left', 'qr'].forEach(function (name) {
      text(name, '');
    });
    find('qr').removeAttribute('aria-label');
  }

  function askLater() {
    window.setTimeout(ask, Math.min(MAX_PAUSE_MS, PAUSE_MS * Math.pow(2, failures)));
    failures++;
  }

  function ask() {
    var request = new XMLHttpRequest();
    var done = false;

    function finish() {
      if (!done) {
        done = true;
        take(request);
      }
    }

    request.open('GET', window.location.pathname + '/state', true);
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.timeout = RESPONSE_TIMEOUT_MS;
    request.onload = request.onerror = request.ontimeout = request.onabort = finish;
    request.send();
  }

  window.setInterval(tick, TICK_MS);
  ask();
}());

/*
 * Shows how long students may answer. The page works without it: while the server does not say it, nothing is shown.
 * Written for browsers of ten years ago: ECMAScript 5, no promises, no fetch.
 */
(function () {
  'use strict';

  var TICK_MS = 250;
  var RESPONSE_TIMEOUT_MS = 5000;
  /** When a time is over, the phones of a class ask at different moments. */
  var MAX_DELAY_MS = 2000;
  /** If the two clocks differ by more than before, the phone has slept, or somebody has set its clock. */
  var MAX_JUMP_MS = 3000;
  var NONE = { late: null, ends: null };

  var form = document.querySelector('[data-form]');
  var line = document.querySelector('[data-deadline]');
  var screens = window.StudentScreens;
  if (!form || form.getAttribute('action') === '/' || !screens || !window.XMLHttpRequest || !window.performance
    || !window.performance.now) {
    return;
  }
  var until = line.querySelector('[data-until]');
  var left = line.querySelector('[data-left]');
  var times = NONE;
  /** The name of the text that is shown. */
  var shown = '';
  var asks = 0;
  var difference = 0;
  var timer = null;

  /** A clock that nobody sets. */
  function now() {
    return window.performance.now();
  }

  function clockDifference() {
    return Date.now() - now();
  }

  function twoDigits(number) {
    return (number < 10 ? '0' : '') + number;
  }

  /** A time left as hours, minutes and seconds. */
  function duration(milliseconds) {
    var seconds = Math.ceil(milliseconds / 1000);
    var minutes = Math.floor(seconds / 60);
    var rest = twoDigits(seconds % 60);
    return minutes < 60 ? minutes + ':' + rest : Math.floor(minutes / 60) + ':' + twoDigits(minutes % 60) + ':' + rest;
  }

  /** A screen reader says a text only when it changes. */
  function setText(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  /** Shows a text of the page, and the time that is left until an end, which may be null. */
  function show(name, end) {
    window.clearTimeout(timer);
    shown = name;
    setText(until, name && until.getAttribute('data-' + name).replace('{time}', end ? end.timeOfDay : ''));
    setText(left, end ? left.getAttribute('data-text').replace('{time}', duration(end.at - now())) : '');
    if (end) {
      timer = window.setTimeout(tick, TICK_MS);
    }
  }

  function isOver(time) {
    return time !== null && now() >= time.at;
  }

  function draw() {
    var late = times.late;
    var ends = times.ends;
    if (isOver(ends)) {
      show('over', null);
    } else if (late && !isOver(late) && !(ends && ends.at <= late.at)) {
      show('on-time', late);
    } else if (ends) {
      show(isOver(late) ? 'late-ends' : 'ends', ends);
    } else {
      show(late ? 'late' : '', null);
    }
  }

  function tick() {
    var before = shown;
    if (Math.abs(clockDifference() - difference) > MAX_JUMP_MS) {
      ask(NONE);
      return;
    }
    draw();
    if (shown !== before) {
      window.setTimeout(function () {
        ask(shown === 'over' ? times : NONE);
      }, Math.random() * MAX_DELAY_MS);
    }
  }

  /**
   * Reads a time that counts from the request: the phone then never shows more time than is left. The time of day is that of
   * this phone, which its owner sees on the same screen. It has no parts of a second, as on the projector: a rounded one could
   * come after the end.
   */
  function read(milliseconds, askedAt) {
    return typeof milliseconds === 'number'
      ? {
        at: askedAt + milliseconds,
        timeOfDay: screens.clockTime(new Date(clockDifference() + askedAt + milliseconds))
      }
      : null;
  }

  function parse(request) {
    try {
      return request.status === 200 && JSON.parse(request.responseText) || {};
    } catch (foreign) {
      return {};
    }
  }

  /** Asks for the times. If the server does not tell any, others remain. */
  function ask(others) {
    var request = new XMLHttpRequest();
    var number = ++asks;
    var askedAt = now();

    function finish() {
      if (number !== asks) {
        return;
      }
      var answer = parse(request);
      var found = { late: read(answer.lateInMs, askedAt), ends: read(answer.endsInMs, askedAt) };
      asks++;
      difference = clockDifference();
      times = found.late || found.ends ? found : others;
      draw();
    }

    request.open('GET', form.getAttribute('action') + '/deadline', true);
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.timeout = RESPONSE_TIMEOUT_MS;
    request.onload = request.onerror = request.ontimeout = request.onabort = finish;
    request.send();
  }

  // Also when the page is shown again after Back.
  window.addEventListener('pageshow', function () {
    ask(NONE);
  });
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden) {
      ask(NONE);
    }
  });
})();

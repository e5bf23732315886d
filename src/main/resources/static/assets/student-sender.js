/*
 * Sends presences one after the other, each until the roll call has answered it. Written for browsers of ten years ago:
 * ECMAScript 5, no promises, no fetch.
 */
window.StudentSender = function (page) {
  'use strict';

  var STUDENT = /^[A-Za-z0-9._-]{1,64}$/;
  var CLASS = /^[0-9]{1,18}$/;
  var LARGEST_CLASS = 9007199254740991;
  var RESPONSE_TIMEOUT_MS = 10000;
  var MAX_PAUSE_S = 10;
  var SHOWN_MS = 1000;

  /** The presences without an answer. The first one is being sent. */
  var waiting = [];
  var sending = false;
  /** Whether the presences wait for another code. */
  var needsCode = false;
  var attempt = 0;
  var firstAttempt = 0;
  var retry = null;
  var next = null;

  /** A clock that nobody sets. */
  function now() {
    return window.performance && window.performance.now ? window.performance.now() : Date.now();
  }

  function isWaiting(presence) {
    return waiting.filter(function (other) {
      return other.classId === presence.classId && other.studentId === presence.studentId;
    }).length > 0;
  }

  function add(presence) {
    var isNew = !isWaiting(presence);
    if (isNew) {
      waiting.push(presence);
    }
    if (needsCode) {
      continueWith(presence);
    } else if (isNew && waiting.length === 1) {
      start();
    } else if (retry !== null) {
      send();
    }
  }

  /** Sends the presences whose code was refused with the code of the newest one. */
  function continueWith(presence) {
    needsCode = false;
    waiting.forEach(function (other) {
      other.code = presence.code;
      other.ticket = presence.ticket;
    });
    start();
  }

  function start() {
    var first = waiting[0];
    window.clearTimeout(next);
    if (!CLASS.test(first.classId) || Number(first.classId) < 1 || Number(first.classId) > LARGEST_CLASS) {
      reject('class');
    } else if (!STUDENT.test(first.studentId)) {
      reject('student');
    } else {
      first.classId = String(Number(first.classId));
      attempt = 0;
      firstAttempt = now();
      send();
    }
  }

  function reject(field) {
    var wrong = waiting.shift();
    page.takesBack(wrong);
    page.rejected(wrong, field);
    startNextSoon();
  }

  /** Stops until the student gives another code. The presence waits if the form already has another id. */
  function askForCode(why) {
    var refused = waiting[0];
    needsCode = true;
    if (page.takesBack(refused)) {
      waiting.shift();
    }
    page.rejected(refused, 'code', why);
  }

  /** Leaves the last answer on the screen for a moment. */
  function startNextSoon() {
    if (waiting.length) {
      next = window.setTimeout(start, SHOWN_MS);
    }
  }

  function send() {
    var sent = waiting[0];
    var request = new XMLHttpRequest();
    var done = false;

    function finish() {
      if (!done && sent === waiting[0]) {
        done = true;
        sending = false;
        receive(window.StudentAnswers.read(request, sent, now() - firstAttempt));
      }
    }

    stopRetry();
    sending = true;
    attempt++;
    page.sends(sent);
    request.open('POST', '/classes/' + sent.classId + '/presence', true);
    request.setRequestHeader('Content-Type', 'application/json');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.timeout = RESPONSE_TIMEOUT_MS;
    request.onload = request.onerror = request.ontimeout = request.onabort = finish;
    request.send(JSON.stringify({ studentId: sent.studentId, code: sent.code, ticket: sent.ticket }));
  }

  function receive(answer) {
    if (answer.kind === 'recorded' || answer.kind === 'refused') {
      answer.presence = identityOf(waiting.shift());
      answer.attempts = attempt;
      page.answered(answer);
      startNextSoon();
    } else if (answer.field === 'code') {
      askForCode(answer.why);
    } else if (answer.kind === 'invalid') {
      reject(answer.field);
    } else {
      renewTicket(waiting[0], answer.ticket);
      var most = Math.min(MAX_PAUSE_S, Math.pow(2, attempt));
      page.unanswered(answer);
      retryIn(Math.ceil(most / 2 + Math.random() * most / 2));
    }
  }

  /** Keeps the ticket of a server that could not answer, for all presences with the same code: it counts from now on. */
  function renewTicket(refused, ticket) {
    waiting.forEach(function (presence) {
      if (ticket && presence.code === refused.code && Number(presence.classId) === Number(refused.classId)) {
        presence.ticket = ticket;
      }
    });
  }

  /** The page keeps an answer longer than its code. */
  function identityOf(presence) {
    return { classId: presence.classId, studentId: presence.studentId };
  }

  /** Sends again after a random pause, which grows with each attempt. */
  function retryIn(seconds) {
    page.counts(seconds);
    retry = window.setTimeout(function () {
      if (seconds > 1) {
        retryIn(seconds - 1);
      } else {
        send();
      }
    }, 1000);
  }

  function stopRetry() {
    window.clearTimeout(retry);
    retry = null;
  }

  function retryNow() {
    if (retry !== null) {
      attempt = 0;
      send();
    }
  }

  /** Stops sending a presence, so that the student can correct it. If several wait, they are all sent on. */
  function takeBack() {
    if (waiting.length === 1) {
      stopRetry();
      sending = false;
      page.takesBack(waiting.shift());
    }
  }

  return {
    add: add,
    isSending: function () {
      return sending;
    },
    retryNow: retryNow,
    takeBack: takeBack,
    waiting: function () {
      return waiting.slice();
    }
  };
};

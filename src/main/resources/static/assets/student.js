/*
 * Sends the form without leaving the page, remembers the student id on this phone, and tries again until the server
 * answers. Without JavaScript the form is sent as a page. Written for browsers of ten years ago: no modules, no
 * promises, no fetch.
 */
(function () {
  'use strict';

  var STUDENT_KEY = 'rollcall.student';
  var STUDENT = /^[A-Za-z0-9._-]{1,64}$/;
  var CLASS = /^[0-9]{1,18}$/;
  var LARGEST_CLASS = 9007199254740991;
  var RESPONSE_TIMEOUT_MS = 10000;
  var MAX_PAUSE_S = 10;

  var screens = window.StudentScreens;
  var form = document.querySelector('[data-form]');
  if (!form || !screens || !window.XMLHttpRequest || !window.JSON) {
    return;
  }
  var sendButton = form.querySelector('[data-send]');
  var sendText = sendButton.textContent;
  var current = null;
  var attempt = 0;
  var pause = null;

  function remembered() {
    try {
      return window.localStorage.getItem(STUDENT_KEY) || '';
    } catch (locked) {
      return '';
    }
  }

  function remember(studentId) {
    try {
      window.localStorage.setItem(STUDENT_KEY, studentId);
    } catch (locked) {
      // The browser may not allow storage. Then the student types the id again next time.
    }
  }

  function trim(text) {
    return text.replace(/^\s+|\s+$/g, '');
  }

  /** Disables the buttons while a request waits for its response. */
  function busy(sending) {
    sendButton.disabled = sending;
    sendButton.textContent = sending ? sendButton.getAttribute('data-sending') : sendText;
    screens.each('[data-again] button, [data-now]', function (button) {
      button.disabled = sending;
    });
  }

  /** Shows the form again, with the problem that is named, or without a problem if it is null. */
  function back(which) {
    stopWaiting();
    current = null;
    busy(false);
    screens.showProblem(which);
    screens.show('form');
  }

  function submit(event) {
    event.preventDefault();
    if (current) {
      return;
    }
    var classId = trim(form.elements['class'].value);
    var studentId = trim(form.elements.studentId.value);
    if (!CLASS.test(classId) || Number(classId) < 1 || Number(classId) > LARGEST_CLASS) {
      screens.showProblem('class');
      return;
    }
    if (!STUDENT.test(studentId)) {
      screens.showProblem('student');
      return;
    }
    screens.showProblem(null);
    remember(studentId);
    current = { classId: String(Number(classId)), studentId: studentId };
    attempt = 0;
    send();
  }

  function send() {
    var sent = current;
    var request = new XMLHttpRequest();
    var done = false;

    function once(action) {
      return function () {
        if (!done) {
          done = true;
          if (sent === current) {
            action(request);
          }
        }
      };
    }

    stopWaiting();
    busy(true);
    attempt++;
    request.open('POST', 'classes/' + sent.classId + '/presence', true);
    request.setRequestHeader('Content-Type', 'application/json');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.timeout = RESPONSE_TIMEOUT_MS;
    request.onload = once(read);
    request.onerror = request.ontimeout = request.onabort = once(unanswered);
    request.send(JSON.stringify({ studentId: sent.studentId }));
  }

  function read(request) {
    if (request.status === 200) {
      readReceipt(request.responseText);
    } else if (request.status === 429 || request.status < 400 || request.status >= 500) {
      unanswered();
    } else {
      back('notAccepted');
    }
  }

  /** Only this server's receipt is a success: the login page of a Wi-Fi network answers 200 too. */
  function readReceipt(text) {
    var receipt;
    try {
      receipt = JSON.parse(text);
    } catch (notJson) {
      receipt = null;
    }
    if (!receipt || receipt.studentId !== current.studentId || typeof receipt.at !== 'string') {
      unanswered();
    } else if (String(receipt.classId) === current.classId) {
      finish('recorded', receipt.at);
    } else if (receipt.classId === 0) {
      screens.showReason(receipt.reason);
      finish('refused', receipt.at);
    } else {
      unanswered();
    }
  }

  function finish(state, at) {
    busy(false);
    screens.showReceipt(state, current, at);
    if (state === 'recorded' && attempt > 1 && navigator.vibrate) {
      navigator.vibrate(200);
    }
  }

  /** Shows that the server has not confirmed. Sends again after a random pause, which grows with each attempt. */
  function unanswered() {
    if (document.body.getAttribute('data-state') !== 'offline') {
      screens.showReceipt('offline', current, null);
    }
    busy(false);
    var most = Math.min(MAX_PAUSE_S, Math.pow(2, attempt));
    waitFor(Math.ceil(most / 2 + Math.random() * most / 2));
  }

  function waitFor(seconds) {
    stopWaiting();
    screens.setText('[data-countdown]', seconds);
    screens.each('[data-next]', function (line) {
      line.hidden = false;
    });
    pause = window.setTimeout(function () {
      if (seconds > 1) {
        waitFor(seconds - 1);
      } else {
        send();
      }
    }, 1000);
  }

  function stopWaiting() {
    window.clearTimeout(pause);
    pause = null;
    screens.each('[data-next]', function (line) {
      line.hidden = true;
    });
  }

  /** Sends a refused presence again. If the server rendered the page, this form holds the values. */
  function again(event) {
    event.preventDefault();
    if (!current) {
      current = { classId: trim(this.elements['class'].value), studentId: trim(this.elements.studentId.value) };
    }
    if (!sendButton.disabled) {
      send();
    }
  }

  form.addEventListener('submit', submit);
  screens.each('[data-again]', function (element) {
    element.addEventListener('submit', again);
  });
  screens.each('[data-now]', function (element) {
    element.addEventListener('click', function () {
      attempt = 0;
      send();
    });
  });
  screens.each('[data-back]', function (element) {
    element.addEventListener('click', function (event) {
      event.preventDefault();
      back(null);
    });
  });
  window.addEventListener('online', function () {
    if (pause !== null) {
      send();
    }
  });
  screens.each('[data-time][datetime]', function (element) {
    if (element.getAttribute('datetime')) {
      element.textContent = screens.localTime(element.getAttribute('datetime'));
    }
  });

  var student = form.elements.studentId;
  if (!student.value) {
    student.value = remembered();
  }
  if (document.body.getAttribute('data-state') === 'form' && !document.querySelector('[aria-invalid]')) {
    if (document.getElementById('class') && !form.elements['class'].value) {
      form.elements['class'].focus();
    } else if (!student.value) {
      student.focus();
    }
  }
})();

/*
 * Sends the form without leaving the page, keeps the student id on this phone and tries again while there is no
 * connection. The page works without it. Written for browsers of ten years ago: no modules, no promises, no fetch.
 */
(function () {
  'use strict';

  var STUDENT_KEY = 'rollcall.student';
  var STUDENT = /^[A-Za-z0-9._-]{1,64}$/;
  var CLASS = /^[0-9]{1,18}$/;
  var LARGEST_CLASS = 9007199254740991;
  var ANSWER_TIMEOUT_MS = 10000;
  var LONGEST_PAUSE_S = 10;

  var form = document.querySelector('[data-form]');
  if (!form || !window.XMLHttpRequest || !window.JSON) {
    return;
  }
  var title = document.title;
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
      // A locked-down phone keeps nothing; the student types the id next time.
    }
  }

  function trim(text) {
    return text.replace(/^\s+|\s+$/g, '');
  }

  function each(selector, action) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), action);
  }

  function setText(selector, text) {
    each(selector, function (element) {
      element.textContent = text;
    });
  }

  function localTime(iso) {
    var time = new Date(iso);
    if (isNaN(time.getTime())) {
      return iso;
    }
    try {
      return time.toLocaleString(reader(), {
        year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false
      });
    } catch (old) {
      return time.toString();
    }
  }

  /** The reader's own variant of the page's language: en-GB puts the day first. */
  function reader() {
    var language = document.documentElement.lang;
    var wanted = navigator.languages || [navigator.language];
    for (var i = 0; i < wanted.length; i++) {
      if (wanted[i] && wanted[i].split('-')[0] === language.split('-')[0]) {
        return wanted[i];
      }
    }
    return language;
  }

  function show(state) {
    document.body.setAttribute('data-state', state);
    each('[data-screen]', function (screen) {
      screen.hidden = screen.getAttribute('data-screen') !== state;
    });
    var heading = document.querySelector('[data-screen="' + state + '"] h1');
    document.title = state === 'form' ? title : heading.textContent + ' – ' + title;
    window.scrollTo(0, 0);
    if (state !== 'form') {
      heading.focus();
    }
  }

  function showReceipt(state, time) {
    setText('[data-class]', current.classId);
    setText('[data-student]', current.studentId);
    each('[data-time-row]', function (row) {
      row.hidden = !time;
    });
    if (time) {
      each('[data-time]', function (element) {
        element.setAttribute('datetime', time);
        element.textContent = localTime(time);
      });
    }
    show(state);
  }

  function problem(which) {
    each('[data-problem]', function (element) {
      element.hidden = element.getAttribute('data-problem') !== which;
    });
    mark('class', which);
    mark('student', which);
  }

  function mark(id, which) {
    var input = document.getElementById(id);
    if (!input) {
      return;
    }
    if (id === which) {
      input.setAttribute('aria-invalid', 'true');
      input.focus();
    } else {
      input.removeAttribute('aria-invalid');
    }
  }

  function busy(sending) {
    sendButton.disabled = sending;
    sendButton.textContent = sending ? sendButton.getAttribute('data-sending') : sendText;
    each('[data-again] button, [data-now]', function (button) {
      button.disabled = sending;
    });
  }

  function back(which) {
    stopWaiting();
    current = null;
    busy(false);
    problem(which);
    show('form');
  }

  function submit(event) {
    event.preventDefault();
    if (current) {
      return;
    }
    var classId = trim(form.elements['class'].value);
    var studentId = trim(form.elements.studentId.value);
    if (!CLASS.test(classId) || Number(classId) < 1 || Number(classId) > LARGEST_CLASS) {
      problem('class');
      return;
    }
    if (!STUDENT.test(studentId)) {
      problem('student');
      return;
    }
    problem(null);
    remember(studentId);
    current = { classId: String(Number(classId)), studentId: studentId };
    attempt = 0;
    send();
  }

  function send() {
    var asked = current;
    var request = new XMLHttpRequest();
    var done = false;

    function answered(action) {
      return function () {
        if (!done) {
          done = true;
          if (asked === current) {
            action(request);
          }
        }
      };
    }

    stopWaiting();
    busy(true);
    attempt++;
    request.open('POST', 'classes/' + asked.classId + '/presence', true);
    request.setRequestHeader('Content-Type', 'application/json');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.timeout = ANSWER_TIMEOUT_MS;
    request.onload = answered(read);
    request.onerror = request.ontimeout = request.onabort = answered(unanswered);
    request.send(JSON.stringify({ studentId: asked.studentId }));
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

  /** Nothing but our own receipt is a success: a hotel's log-in page answers 200 as well. */
  function readReceipt(text) {
    var receipt;
    try {
      receipt = JSON.parse(text);
    } catch (notOurs) {
      receipt = null;
    }
    if (!receipt || receipt.studentId !== current.studentId || typeof receipt.at !== 'string') {
      unanswered();
    } else if (String(receipt.classId) === current.classId) {
      finish('recorded', receipt.at);
    } else if (receipt.classId === 0) {
      showReason(receipt.reason);
      finish('refused', receipt.at);
    } else {
      unanswered();
    }
  }

  function showReason(reason) {
    each('[data-reason]', function (element) {
      element.hidden = element.getAttribute('data-reason') !== reason;
    });
  }

  function finish(state, at) {
    busy(false);
    showReceipt(state, at);
    if (state === 'recorded' && attempt > 1 && navigator.vibrate) {
      navigator.vibrate(200);
    }
  }

  function unanswered() {
    if (document.body.getAttribute('data-state') !== 'offline') {
      showReceipt('offline', null);
    }
    busy(false);
    var most = Math.min(LONGEST_PAUSE_S, Math.pow(2, attempt));
    waitFor(Math.ceil(most / 2 + Math.random() * most / 2));
  }

  function waitFor(seconds) {
    stopWaiting();
    setText('[data-countdown]', seconds);
    each('[data-next]', function (line) {
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
    each('[data-next]', function (line) {
      line.hidden = true;
    });
  }

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
  each('[data-again]', function (element) {
    element.addEventListener('submit', again);
  });
  each('[data-now]', function (element) {
    element.addEventListener('click', function () {
      attempt = 0;
      send();
    });
  });
  each('[data-back]', function (element) {
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
  each('[data-time][datetime]', function (element) {
    if (element.getAttribute('datetime')) {
      element.textContent = localTime(element.getAttribute('datetime'));
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

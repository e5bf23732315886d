/*
 * Makes the student's page send without leaving it, and takes whatever a scanner or a person types next. Without
 * JavaScript the form is sent as a page. Written for browsers of ten years ago: ECMAScript 5, no promises, no fetch.
 */
(function () {
  'use strict';

  var ENTER = 13;

  var screens = window.StudentScreens;
  var memory = window.StudentMemory;
  var form = document.querySelector('[data-form]');
  if (!form || !screens || !memory || !window.StudentAnswers || !window.StudentCode || !window.StudentSender
    || !window.XMLHttpRequest) {
    return;
  }
  var code = window.StudentCode(form);
  var classField = form.elements['class'];
  var studentField = form.elements.studentId;
  var sendButton = form.querySelector('[data-send]');
  var sendText = sendButton.textContent;
  var renderedState = state();
  /** The address for a reload: without the code of the link when that code has been used or refused. */
  var address = window.location.href;
  var answered = null;
  var switchesLanguage = false;

  var sender = window.StudentSender({
    /** Shows that a presence is being sent. */
    sends: function () {
      keep(null);
      screens.showProblem(null);
      draw();
    },

    /** Shows a final answer. */
    answered: function (answer) {
      var before = memory.recordedAt(answer.presence);
      if (answer.kind === 'recorded') {
        memory.recorded(answer.presence, answer.at);
      } else if (answer.reason === 'no-open-roll' && before) {
        answer.kind = 'ended';
        answer.at = before;
      }
      answered = answer.presence;
      address = form.getAttribute('action');
      keep(answer);
      draw();
      screens.showAnswer(answer);
      if (answer.kind === 'recorded' && answer.attempts > 1 && navigator.vibrate) {
        navigator.vibrate(200);
      }
    },

    /** Puts an id back into the form to be changed. Returns false if another one is being typed there. */
    takesBack: function (presence) {
      studentField.value = studentField.value || presence.studentId;
      return studentField.value === presence.studentId;
    },

    /** Shows in the form what is wrong, and asks for another code if it is the code. */
    rejected: function (wrong, field, why) {
      if (field === 'code') {
        address = form.getAttribute('action');
        code.ask();
      }
      var typed = { class: wrong.classId, code: (wrong.code || '').toUpperCase(), student: wrong.studentId }[field];
      showForm();
      screens.showProblem(field, typed, why);
      focusField();
    },

    unanswered: function (answer) {
      code.renew(sender.waiting()[0], answer.ticket);
      keep(null);
      screens.showOffline(sender.waiting(), answer);
      draw();
    },

    counts: screens.showCountdown
  });

  function state() {
    return document.body.getAttribute('data-state');
  }

  function trim(text) {
    return text.replace(/^\s+|\s+$/g, '');
  }

  /** Keeps for a reload what still waits for an answer, or else what is shown. */
  function keep(shown) {
    var waiting = sender.waiting();
    memory.keepForReload(waiting.length ? { kind: 'waiting', presences: waiting } : shown, address);
  }

  /** Puts the cursor where the next typing or scan belongs, and selects what it replaces. */
  function focusField() {
    var needsClass = classField.type !== 'hidden' && (!classField.value || classField.getAttribute('aria-invalid'));
    var field = needsClass ? classField : code.field.getAttribute('aria-invalid') ? code.field : studentField;
    field.focus();
    field.select();
  }

  function showForm() {
    keep(null);
    screens.showProblem(null);
    draw();
    screens.show('form');
  }

  function draw() {
    var studentId = memory.studentId();
    screens.offer(studentId);
    sendButton.textContent = sendText;
    if (sender.isSending()) {
      screens.fill('[data-send]', 'sending', 'id', sender.waiting()[0].studentId);
      screens.showCountdown(null);
    }
    screens.each('[data-again] button, [data-now]', function (button) {
      button.disabled = sender.isSending();
    });
    // The page in another language would not know what waits.
    screens.each('[data-language]', function (button) {
      button.disabled = sender.waiting().length > 0;
    });
  }

  /** Sends what was typed, and empties the field for the next one. */
  function sendTyped() {
    var typed = trim(studentField.value);
    if (typed || !sender.waiting().length) {
      // Without an id it is the second Enter of a scanner, or an impatient tap.
      studentField.value = '';
      send(trim(classField.value), typed);
    }
  }

  function send(classId, studentId) {
    sender.add(code.addTo({ classId: classId, studentId: studentId }));
  }

  function submit(event) {
    if (!switchesLanguage) {
      event.preventDefault();
      sendTyped();
    }
  }

  /** Leaves an answer, or corrects the presence that could not be sent. */
  function back(event) {
    if (renderedState !== 'form') {
      // The server rendered this answer, and its link leads to the form.
      return;
    }
    event.preventDefault();
    studentField.value = '';
    if (state() === 'offline') {
      sender.takeBack();
    }
    showForm();
    focusField();
  }

  /** Sends the presence that the page shows again. */
  function again(event) {
    event.preventDefault();
    var shown = answered || { classId: this.elements['class'].value, studentId: this.elements.studentId.value };
    if (!sender.waiting().length) {
      send(shown.classId, shown.studentId);
    }
  }

  function isPrintable(event) {
    var code = event.keyCode;
    return !event.ctrlKey && !event.altKey && !event.metaKey
      && (code >= 48 && code <= 90 || code >= 96 && code <= 111 || code >= 160 && code <= 223 || code === 59 || code === 61);
  }

  /** A scanner types without looking: a key outside the fields belongs to the next student id. */
  function type(event) {
    var onControl = /^(INPUT|BUTTON|A)$/.test(event.target.tagName);
    if (state() === 'form') {
      if (isPrintable(event) && event.target.tagName !== 'INPUT') {
        focusField();
      }
    } else if (isPrintable(event)) {
      showForm();
      (classField.type === 'hidden' || classField.value ? studentField : classField).focus();
    } else if (event.keyCode === ENTER && !onControl && studentField.value) {
      event.preventDefault();
      sendTyped();
    }
  }

  function listen(selector, type, action) {
    screens.each(selector, function (element) {
      element.addEventListener(type, action);
    });
  }

  /** Continues after a reload where the page was. */
  function resume() {
    var shown = renderedState === 'form' ? memory.shownBeforeReload() : null;
    draw();
    if (shown) {
      classField.value = (shown.presence || shown.presences[0]).classId;
    }
    if (shown && shown.kind === 'waiting') {
      shown.presences.forEach(sender.add);
    } else if (shown) {
      answered = shown.presence;
      screens.showAnswer(shown);
    } else if (renderedState === 'form') {
      // Also makes the next reload read the page, if this one answered a POST.
      keep(null);
      focusField();
    }
  }

  form.addEventListener('submit', submit);
  document.addEventListener('keydown', type);
  listen('[data-again]', 'submit', again);
  listen('[data-back]', 'click', back);
  listen('[data-now]', 'click', sender.retryNow);
  window.addEventListener('online', sender.retryNow);
  listen('[data-language]', 'click', function () {
    switchesLanguage = true;
  });
  listen('[data-me-send]', 'click', function () {
    send(trim(classField.value), memory.studentId());
  });
  listen('[data-me-forget]', 'click', function () {
    memory.forget();
    keep(null);
    draw();
    focusField();
  });
  screens.each('[data-time]', function (element) {
    if (element.getAttribute('datetime')) {
      element.textContent = screens.localTime(element.getAttribute('datetime'));
    }
  });
  resume();
})();

/*
 * Changes what the student's page shows: its screens, the problems in the form, and the receipt. Written for browsers of
 * ten years ago: no modules, no promises, no fetch.
 */
window.StudentScreens = (function () {
  'use strict';

  var title = document.title;

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

  /** Returns the reader's regional variant of the page's language: en-GB writes the day before the month. */
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

  function showReceipt(state, presence, time) {
    setText('[data-class]', presence.classId);
    setText('[data-student]', presence.studentId);
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

  function showProblem(which) {
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

  function showReason(reason) {
    each('[data-reason]', function (element) {
      element.hidden = element.getAttribute('data-reason') !== reason;
    });
  }

  return {
    each: each,
    localTime: localTime,
    setText: setText,
    show: show,
    showProblem: showProblem,
    showReason: showReason,
    showReceipt: showReceipt
  };
})();

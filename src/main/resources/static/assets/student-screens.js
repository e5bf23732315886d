/*
 * Changes what the student's page shows: its screens, the problems in the form, and the receipt. Written for browsers of
 * ten years ago: ECMAScript 5, no promises, no fetch.
 */
window.StudentScreens = (function () {
  'use strict';

  var MAX_SHOWN = 40;
  var title = document.title;

  function each(selector, action) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), action);
  }

  function setText(selector, text) {
    each(selector, function (element) {
      element.textContent = text;
    });
  }

  /** Fills a text of the page, which is an attribute of the element, and shows it there. */
  function fill(selector, attribute, name, value) {
    each(selector, function (element) {
      element.textContent = element.getAttribute('data-' + attribute).replace('{' + name + '}', function () {
        return value;
      });
    });
  }

  function twoDigits(number) {
    return (number < 10 ? '0' : '') + number;
  }

  /** Written here, because some browsers write midnight as 24:00:00. */
  function clockTime(time) {
    return [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':');
  }

  function localTime(iso) {
    var time = new Date(iso);
    return isNaN(time.getTime()) ? iso : date(time) + ', ' + clockTime(time);
  }

  function date(time) {
    try {
      return time.toLocaleDateString(reader(), { year: 'numeric', month: 'short', day: 'numeric' });
    } catch (old) {
      return time.toDateString();
    }
  }

  /** Returns the time alone if it is today's. */
  function shortTime(iso) {
    var time = new Date(iso);
    return time.toDateString() === new Date().toDateString() ? clockTime(time) : localTime(iso);
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
    each('[data-time]', function (element) {
      element.setAttribute('datetime', time || '');
      element.textContent = time ? localTime(time) : '';
    });
    show(state);
  }

  function showAnswer(answer) {
    each('[data-reason]', function (element) {
      var reason = element.getAttribute('data-reason');
      var known = document.querySelector('[data-reason="' + String(answer.reason).replace(/[^a-z-]/g, '') + '"]');
      element.hidden = reason !== (known ? answer.reason : 'other');
    });
    fill('[data-recorded-title]', answer.late ? 'late' : 'title');
    fill('[data-recorded-why]', answer.earlier ? 'earlier' : 'what', 'time', shortTime(answer.at));
    fill('[data-ended-why]', 'text', 'time', shortTime(answer.at));
    showReceipt(answer.kind, answer.presence, answer.at);
  }

  /** Shows why the presence is not confirmed yet. */
  function showOffline(presences, answer) {
    fill('[data-offline-why]', answer.kind, 'status', answer.status);
    if (document.body.getAttribute('data-state') !== 'offline') {
      showReceipt('offline', presences[0], null);
    }
    setText('[data-student]', presences.map(function (presence) {
      return presence.studentId;
    }).join(', '));
  }

  /** Shows the seconds until the next attempt, nothing if they are null. */
  function showCountdown(seconds) {
    fill('[data-next]', 'text', 'seconds', seconds);
    each('[data-next]', function (line) {
      line.hidden = seconds === null;
    });
  }

  /** Offers a remembered student id on a button, none if it is undefined. */
  function offer(studentId) {
    fill('[data-me-send]', 'text', 'id', studentId);
    each('[data-me]', function (line) {
      line.hidden = !studentId;
    });
  }

  /** Shows what is wrong with a field, or that nothing is if it is null. */
  function showProblem(which, typed, why) {
    each('[data-problem]', function (element) {
      element.hidden = element.getAttribute('data-problem') !== which;
    });
    mark('class', which, typed, why);
    mark('code', which, typed, why);
    mark('student', which, typed, why);
  }

  function mark(id, which, typed, why) {
    var input = document.getElementById(id);
    if (input && id === which) {
      input.setAttribute('aria-invalid', 'true');
    } else if (input) {
      input.removeAttribute('aria-invalid');
    }
    if (id === which) {
      fill('[data-problem="' + id + '"]', why || (typed ? 'wrong' : 'missing'), 'typed',
        typed.length > MAX_SHOWN ? typed.slice(0, MAX_SHOWN) + '…' : typed);
    }
  }

  return {
    clockTime: clockTime,
    each: each,
    fill: fill,
    localTime: localTime,
    offer: offer,
    show: show,
    showAnswer: showAnswer,
    showCountdown: showCountdown,
    showOffline: showOffline,
    showProblem: showProblem
  };
})();

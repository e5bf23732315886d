/*
 * What this phone remembers: the last student id, and for a day its receipts. A device that several students use forgets
 * them, and remembers nothing for some hours. A browser without storage keeps all of it in its history entry, which a
 * reload does not lose. Written for browsers of ten years ago: ECMAScript 5, no promises, no fetch.
 */
window.StudentMemory = (function () {
  'use strict';

  var KEY = 'rollcall.student';
  var MINUTE_MS = 60000;
  var SHARED_MS = 4 * 3600000;
  var DAY_MS = 24 * 3600000;
  var MAX_STUDENTS = 2;
  /** The memory of a browser that cannot store it: null if it is stored. */
  var unstored = beforeReload().memory || null;

  function read() {
    try {
      return unstored || JSON.parse(window.localStorage.getItem(KEY)) || {};
    } catch (locked) {
      return {};
    }
  }

  function write(memory) {
    try {
      // A browser whose storage is full keeps the memory before this one otherwise, which may be another student's.
      window.localStorage.removeItem(KEY);
      window.localStorage.setItem(KEY, JSON.stringify(memory));
      unstored = null;
    } catch (locked) {
      unstored = memory;
    }
  }

  /** A time in the future is the work of a wrong clock, so it is not recent. */
  function isRecent(time, age) {
    var passed = Date.now() - time;
    return passed >= 0 && passed < age;
  }

  function receipts(memory) {
    return (Array.isArray(memory.receipts) ? memory.receipts : []).filter(function (receipt) {
      return receipt && isRecent(receipt.kept, DAY_MS);
    });
  }

  function isShared(memory) {
    return isRecent(memory.sharedSince, SHARED_MS);
  }

  /** Whether the ids of a minute, or of a day, are those of several people. */
  function isOfSeveral(memory, studentId) {
    var others = {};
    receipts(memory).forEach(function (receipt) {
      others[receipt.studentId] = receipt.studentId !== studentId;
    });
    var count = Object.keys(others).filter(function (id) {
      return others[id];
    }).length;
    return count >= MAX_STUDENTS || count > 0 && memory.studentId !== studentId && isRecent(memory.since, MINUTE_MS);
  }

  /** Remembers a presence that was recorded. */
  function recorded(presence, at) {
    var memory = read();
    if (isShared(memory) || isOfSeveral(memory, presence.studentId)) {
      write({ sharedSince: Date.now() });
      return;
    }
    var others = receipts(memory).filter(function (receipt) {
      return receipt.classId !== presence.classId || receipt.studentId !== presence.studentId;
    });
    var receipt = { classId: presence.classId, studentId: presence.studentId, at: at, kept: Date.now() };
    write({ studentId: presence.studentId, since: Date.now(), receipts: others.concat(receipt).slice(-10) });
  }

  /** Returns the id to offer, undefined if there is none. */
  function studentId() {
    var memory = read();
    return typeof memory.studentId === 'string' ? memory.studentId : undefined;
  }

  /** Returns the time at which this student was recorded in this class, undefined if this phone does not know it. */
  function recordedAt(presence) {
    return receipts(read()).filter(function (receipt) {
      return receipt.classId === presence.classId && receipt.studentId === presence.studentId;
    }).map(function (receipt) {
      return receipt.at;
    })[0];
  }

  function forget() {
    write({});
  }

  /**
   * Keeps for a reload of the page at an address what it shows, null for nothing, and the memory that cannot be stored. It
   * needs no storage and no cookies.
   */
  function keepForReload(shown, address) {
    var state = shown || unstored ? { rollcall: shown, memory: unstored, kept: Date.now() } : null;
    try {
      window.history.replaceState(state, '', address);
    } catch (locked) {
      // Safari limits the number of changes. Then a reload shows the form.
    }
  }

  /** Whether the page was opened by its address or a link. Chrome keeps the state if the same address is opened again. */
  function isOpenedAnew() {
    return window.performance && window.performance.navigation && window.performance.navigation.type === 0;
  }

  /** Returns what was kept for this reload; nothing of it if it is older than a day. */
  function beforeReload() {
    var state = isOpenedAnew() ? null : window.history.state;
    return state && isRecent(state.kept, DAY_MS) ? state : {};
  }

  /** Returns what was shown before the reload, null if it was nothing. */
  function shownBeforeReload() {
    return beforeReload().rollcall || null;
  }

  return {
    forget: forget,
    keepForReload: keepForReload,
    recorded: recorded,
    recordedAt: recordedAt,
    shownBeforeReload: shownBeforeReload,
    studentId: studentId
  };
})();

/*
 * Notices when the modules of the page do not start, says so in three languages, and loads the page again when the server
 * answers. A browser never asks again for a module that failed. Keeps what a card reader types meanwhile. For all browsers:
 * no syntax newer than 2009.
 */
(function () {
  'use strict';

  var SAY_AFTER_MS = 3000;
  var GIVE_UP_MS = 20000;
  var PAUSE_MS = 2000;
  var LONGEST_PAUSE_MS = 60000;
  var RELOADS = 'rollcall-reloads';
  var TYPED = 'rollcall-typed';
  var page = document.documentElement;
  var began = Date.now();
  var failed = false;
  var pause = Math.min(PAUSE_MS * Math.pow(2, reloads()), LONGEST_PAUSE_MS);

  function canRunModules() {
    var script = window.HTMLScriptElement;
    return 'noModule' in script.prototype && (!script.supports || script.supports('importmap'));
  }

  /** How often this tab has loaded the page again. */
  function reloads() {
    return Number(read(RELOADS, 3)) || 0;
  }

  /** What this tab stored before it loaded the page again. */
  function read(name, ifBlocked) {
    try {
      return window.sessionStorage.getItem(name);
    } catch (blocked) {
      return ifBlocked;
    }
  }

  function store(name, value) {
    try {
      window.sessionStorage.setItem(name, value);
    } catch (blocked) {
      // The pause between reloads does not grow, and what was typed is lost.
    }
  }

  /** What was typed until now, a line for each scan. The scanner's view takes it when it is on the page. */
  function typed() {
    return page.getAttribute('data-typed') || '';
  }

  /** A card reader types as soon as a card is there, also if the page has no field yet. */
  function keep(event) {
    var isEnd = event.key === 'Enter' || event.key === 'Tab';
    if (page.hasAttribute('data-started') || !/\/scanner$/.test(window.location.hash) || !event.key
        || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key.length === 1) {
      page.setAttribute('data-typed', typed() + event.key);
    } else if (isEnd && /[^\n]$/.test(typed())) {
      page.setAttribute('data-typed', typed() + '\n');
      event.preventDefault();
    }
  }

  /** Asks for the first module without the cache. The page is loaded again only if the server has it. */
  function reload() {
    var request = new XMLHttpRequest();
    request.open('GET', 'teacher/app.js?' + Date.now());
    request.timeout = GIVE_UP_MS;
    request.onload = function () {
      if (request.status === 200 && /javascript/.test(request.getResponseHeader('Content-Type'))) {
        store(RELOADS, reloads() + 1);
        // A reader can type until the page has gone.
        window.addEventListener('pagehide', function () {
          store(TYPED, typed());
        });
        window.location.reload();
      } else {
        setTimeout(check, pause);
      }
    };
    request.onerror = request.ontimeout = function () {
      setTimeout(check, pause);
    };
    request.send();
  }

  function check() {
    if (page.hasAttribute('data-started')) {
      store(RELOADS, 0);
      return;
    }
    page.setAttribute('data-late', '');
    if ((failed || Date.now() - began > GIVE_UP_MS) && !page.hasAttribute('data-modules')) {
      setTimeout(reload, pause);
    } else if (canRunModules()) {
      setTimeout(check, 1000);
    }
  }

  /** Loads a stylesheet or a picture again. */
  function again(element) {
    setTimeout(function () {
      if (element.tagName === 'LINK') {
        element.parentNode.replaceChild(element.cloneNode(false), element);
      } else if (element.parentNode) {
        element.src = element.getAttribute('src');
      }
    }, PAUSE_MS);
  }

  window.addEventListener('error', function (event) {
    var element = event.target;
    if (element.tagName === 'SCRIPT') {
      failed = canRunModules();
    } else if (element.tagName === 'LINK' || (element.tagName === 'IMG' && element.hasAttribute('src'))) {
      again(element);
    }
  }, true);
  // Another machine's page in place of a stylesheet is no error for the browser, but it has no rules.
  document.addEventListener('load', function (event) {
    var element = event.target;
    if (element.rel === 'stylesheet' && !(element.sheet && element.sheet.cssRules.length)) {
      again(element);
    }
  }, true);
  page.setAttribute('data-typed', read(TYPED) || '');
  store(TYPED, '');
  window.addEventListener('keydown', keep, true);
  setTimeout(check, SAY_AFTER_MS);
}());

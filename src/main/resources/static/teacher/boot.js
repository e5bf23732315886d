/*
 * Notices when the modules of the page do not start, says so in three languages, and loads the page again when the server
 * answers. A browser never asks again for a module that failed. For all browsers: no syntax newer than 2009.
 */
(function () {
  'use strict';

  var SAY_AFTER_MS = 3000;
  var GIVE_UP_MS = 20000;
  var PAUSE_MS = 2000;
  var LONGEST_PAUSE_MS = 60000;
  var RELOADS = 'rollcall-reloads';
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
    try {
      return Number(window.sessionStorage.getItem(RELOADS)) || 0;
    } catch (blocked) {
      return 3;
    }
  }

  function count(number) {
    try {
      window.sessionStorage.setItem(RELOADS, number);
    } catch (blocked) {
      // The pause between reloads does not grow.
    }
  }

  /** Asks for the first module without the cache. The page is loaded again only if the server has it. */
  function reload() {
    var request = new XMLHttpRequest();
    request.open('GET', 'teacher/app.js?' + Date.now());
    request.timeout = GIVE_UP_MS;
    request.onload = function () {
      if (request.status === 200 && /javascript/.test(request.getResponseHeader('Content-Type'))) {
        count(reloads() + 1);
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
      count(0);
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
  setTimeout(check, SAY_AFTER_MS);
}());

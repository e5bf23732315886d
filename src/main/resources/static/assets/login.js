/*
 * Keeps the part of the address after "#" over the login, so that the dashboard shows the same roll after it. Browsers
 * keep it over a redirect, but not over the form. Without this script the dashboard shows all rolls.
 */
(function () {
  'use strict';

  function keepPlace(selector, attribute) {
    var elements = document.querySelectorAll(selector);
    for (var i = 0; i < elements.length; i++) {
      elements[i].setAttribute(attribute, elements[i].getAttribute(attribute).split('#')[0] + window.location.hash);
    }
  }

  function keepPlaces() {
    keepPlace('form', 'action');
    keepPlace('[formaction]', 'formaction');
    keepPlace('[data-keep-place]', 'href');
  }

  window.addEventListener('hashchange', keepPlaces);
  keepPlaces();
}());

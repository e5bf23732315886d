/*
 * The code that the screen of the classroom shows. It comes with the link, together with a ticket that gives a slow typist
 * time, or the student types it. Written for browsers of ten years ago: ECMAScript 5, no promises, no fetch.
 */
window.StudentCode = function (form) {
  'use strict';

  var field = form.elements.code;
  var ticket = form.elements.ticket;
  var line = form.querySelector('[data-code-line]');

  /** Adds to a presence what the form knows about the code. */
  function addTo(presence) {
    presence.code = field.value || undefined;
    presence.ticket = ticket.value || undefined;
    return presence;
  }

  /** Asks for the code instead of the one that was refused. */
  function ask() {
    line.hidden = false;
    field.disabled = false;
    field.value = '';
    ticket.value = '';
  }

  /** Keeps the ticket of a server that could not answer, for an id that is corrected or comes next. */
  function renew(presence, newer) {
    if (newer && field.value === presence.code) {
      ticket.value = newer;
    }
  }

  return { addTo: addTo, ask: ask, field: field, renew: renew };
};

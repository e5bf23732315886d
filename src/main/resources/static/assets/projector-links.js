/*
 * Keeps the links of the last answers and says which one to show. A link has a time only if the roll requires a code.
 * Written for browsers of ten years ago: ECMAScript 5.
 */
window.ProjectorLinks = function (now) {
  'use strict';

  var links = [];

  /**
   * Milliseconds of an answer count from its arrival. A slow answer must not bring back a code that was already
   * replaced, so of two answers with the same code the faster one counts. No answer arrives before it is sent, so no
   * code is shown too early.
   */
  function placed(link, arrived) {
    var place = { code: link.code, qr: link.qr, from: -Infinity, until: Infinity };
    if (link.code) {
      place.from = arrived + link.fromMs;
      place.until = arrived + link.untilMs;
      links.forEach(function (known) {
        if (known.code === link.code) {
          place.from = Math.min(place.from, known.from);
          place.until = Math.min(place.until, known.until);
        }
      });
    }
    return place;
  }

  return {
    /** Takes the links of an answer that has just arrived. */
    take: function (answered) {
      var arrived = now();
      links = answered.map(function (link) {
        return placed(link, arrived);
      });
    },

    /** Drops the codes, because the time since they arrived is unknown. */
    forget: function () {
      links = links.filter(function (link) {
        return !link.code;
      });
    },

    /** The link to show, and how much of its time is left, from 0 to 1; null if no link is valid. */
    current: function () {
      var time = now();
      var valid = links.filter(function (link) {
        return link.from <= time && time < link.until;
      })[0];
      if (!valid) {
        return null;
      }
      return { code: valid.code, qr: valid.qr, left: valid.code ? (valid.until - time) / (valid.until - valid.from) : 1 };
    }
  };
};

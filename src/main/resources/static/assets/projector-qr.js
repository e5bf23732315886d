/* Draws a QR code from its rows in hexadecimal digits. ECMAScript 5. */
window.ProjectorQr = (function () {
  'use strict';

  var SVG = 'http://www.w3.org/2000/svg';
  var QUIET_ZONE = 4;

  function path(rows) {
    var parts = [];
    rows.forEach(function (row, y) {
      for (var x = 0; x < rows.length; x++) {
        if (parseInt(row.charAt(x >> 2), 16) >> (3 - x % 4) & 1) {
          parts.push('M' + (x + QUIET_ZONE) + ' ' + (y + QUIET_ZONE) + 'h1v1h-1z');
        }
      }
    });
    return parts.join('');
  }

  return {
    /** Shows the rows in an svg element; an empty list empties it. */
    draw: function (svg, rows) {
      var size = rows.length + 2 * QUIET_ZONE;
      var modules = document.createElementNS(SVG, 'path');
      modules.setAttribute('d', path(rows));
      svg.textContent = '';
      svg.setAttribute('viewBox', '0 0 ' + size + ' ' + size);
      svg.appendChild(modules);
    }
  };
}());

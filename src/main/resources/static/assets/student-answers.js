/*
 * Decides what an answer to a presence means. Only the roll call's own answers are final; proxies and the login pages of
 * Wi-Fi networks answer too, with any status. Written for browsers of ten years ago: ECMAScript 5, no promises, no fetch.
 */
window.StudentAnswers = (function () {
  'use strict';

  var PROBLEM = /^application\/problem\+json\b/;
  var OWN_TYPE = 'urn:rollcall:';
  var INVALID = OWN_TYPE + 'invalid-request';
  var CODE_REFUSED = /^code-(missing|wrong|expired)$/;
  var TOLERANCE_MS = 2000;

  function parse(text) {
    try {
      var value = JSON.parse(text);
      return value && typeof value === 'object' ? value : {};
    } catch (notJson) {
      return {};
    }
  }

  /** Whether the presence is older than the first attempt. The server's Date is compared, so this clock does not matter. */
  function isEarlier(request, at, elapsedMs) {
    var now = Date.parse(request.getResponseHeader('Date') || '');
    return Date.parse(at) < now - elapsedMs - TOLERANCE_MS;
  }

  function readReceipt(request, presence, elapsedMs) {
    var receipt = parse(request.responseText);
    if (receipt.studentId !== presence.studentId || isNaN(Date.parse(receipt.at))) {
      return null;
    }
    if (receipt.classId === Number(presence.classId)) {
      return {
        kind: 'recorded', at: receipt.at, late: receipt.late === true, earlier: isEarlier(request, receipt.at, elapsedMs)
      };
    }
    return receipt.classId === 0 && typeof receipt.reason === 'string' ? readRefusal(receipt) : null;
  }

  function readRefusal(receipt) {
    return CODE_REFUSED.test(receipt.reason)
      ? { kind: 'invalid', field: 'code', why: receipt.reason }
      : { kind: 'refused', at: receipt.at, reason: receipt.reason };
  }

  /** Returns the field that the server does not accept, undefined if the problem says something else. */
  function invalidField(problem) {
    var errors = problem.type === INVALID && Array.isArray(problem.errors) ? problem.errors : [];
    return errors.map(function (error) {
      return { classId: 'class', studentId: 'student' }[error && error.field];
    })[0];
  }

  function readProblem(request) {
    var own = PROBLEM.test(request.getResponseHeader('Content-Type') || '');
    var problem = own ? parse(request.responseText) : {};
    if (String(problem.type).indexOf(OWN_TYPE) !== 0) {
      return { kind: 'foreign', status: request.status };
    }
    var field = invalidField(problem);
    return field ? { kind: 'invalid', field: field } : { kind: 'busy', status: request.status, ticket: problem.ticket };
  }

  /**
   * Reads the answer to a presence: recorded, refused or invalid are final; after busy, foreign and unanswered it is sent
   * again. An answer that is busy may have a ticket for the repeat: its code is then judged as at the first attempt.
   */
  function read(request, presence, elapsedMs) {
    if (request.status === 0) {
      return { kind: 'unanswered' };
    }
    return request.status === 200 && readReceipt(request, presence, elapsedMs) || readProblem(request);
  }

  return { read: read };
})();

internal import MailRecords

/// Asks servers one question at a time, within limits that hold for a whole run: whatever servers
/// answer, or however long they are silent, it comes to its end.
package struct DNSClient {
  package struct Limits: Sendable {
    /// How long to wait for an answer.
    package var timeout: Duration = .seconds(2)
    /// How often a question is sent to a server that is silent.
    package var tries = 2
    /// After how many questions in a row without an answer a server is not asked again; or five
    /// times as many in all.
    package var silences = 2
    /// How many questions are sent in all.
    package var questions = 5000
    /// How long all of it may take.
    package var total: Duration = .seconds(300)

    package init() {}
  }

  enum Reply {
    case message(DNSMessage)
    case silence
    case unreachable
    /// Not asked, for the limits are reached or the server was silent before.
    case notAsked
  }

  /// The largest datagram that servers may answer with: none is ever cut in pieces on the way.
  private static let payload: UInt16 = 1232

  private struct Key: Hashable {
    let question: DNSQuestion
    let server: DNSServer
    let recursion: Bool
  }

  private let limits: Limits
  private let end: ContinuousClock.Instant
  private var sent = 0
  /// Questions without an answer, in a row and in all.
  private var silences: [DNSServer: (row: Int, all: Int)] = [:]
  private var known: [Key: Reply] = [:]
  private var random = SystemRandomNumberGenerator()

  package init(limits: Limits = Limits()) {
    self.limits = limits
    end = ContinuousClock.now.advanced(by: limits.total)
  }

  /// Whether a question was not sent because of the limits of a run.
  package private(set) var isExhausted = false

  /// Asks by UDP, and by TCP where the answer does not fit (RFC 7766 §5). The same question is sent
  /// once.
  mutating func ask(_ question: DNSQuestion, _ server: DNSServer, recursion: Bool) -> Reply {
    let key = Key(question: question, server: server, recursion: recursion)
    if let reply = known[key] { return reply }
    let reply = send(question, server, recursion)
    known[key] = reply
    return reply
  }

  private mutating func send(
    _ question: DNSQuestion, _ server: DNSServer, _ recursion: Bool
  ) -> Reply {
    let missed = silences[server, default: (0, 0)]
    guard missed.row < limits.silences, missed.all < limits.silences * 5 else { return .notAsked }
    var payload: UInt16? = Self.payload
    var isUnreachable = false
    var tries = 0
    while tries < max(limits.tries, 1) {
      guard let deadline = nextDeadline(), let query = query(question, recursion, payload) else {
        return .notAsked
      }
      let outcome = DNSSockets.datagram(query.bytes, to: server, until: deadline) { bytes in
        Self.message(bytes, question, query.id)
      }
      switch outcome {
      case .answer(let message) where message.isTruncated:
        return stream(question, server, recursion)
      case .answer(let message):
        // Old servers do not know EDNS (RFC 6891 §7).
        if payload != nil,
          [DNSMessage.formatError, DNSMessage.notImplemented].contains(message.code)
        {
          payload = nil
          continue
        }
        silences[server, default: (0, 0)].row = 0
        return .message(message)
      case .silence: break
      case .unreachable: isUnreachable = true
      }
      tries += 1
    }
    silences[server] = (missed.row + 1, missed.all + 1)
    return isUnreachable ? .unreachable : .silence
  }

  private mutating func stream(
    _ question: DNSQuestion, _ server: DNSServer, _ recursion: Bool
  ) -> Reply {
    guard let deadline = nextDeadline(), let query = query(question, recursion, Self.payload)
    else { return .notAsked }
    let outcome = DNSSockets.stream(query.bytes, to: server, until: deadline) { bytes in
      Self.message(bytes, question, query.id)
    }
    switch outcome {
    // A stream has room for all of it.
    case .answer(let message) where !message.isTruncated:
      silences[server, default: (0, 0)].row = 0
      return .message(message)
    case .answer, .silence, .unreachable:
      silences[server, default: (0, 0)].all += 1
      return .silence
    }
  }

  /// When the next exchange must be over; nil where the run has come to its limits.
  private mutating func nextDeadline() -> ContinuousClock.Instant? {
    let now = ContinuousClock.now
    guard sent < limits.questions, now < end else {
      isExhausted = true
      return nil
    }
    sent += 1
    return min(now.advanced(by: limits.timeout), end)
  }

  private mutating func query(
    _ question: DNSQuestion, _ recursion: Bool, _ payload: UInt16?
  ) -> (id: UInt16, bytes: [UInt8])? {
    let id = UInt16.random(in: 0...UInt16.max, using: &random)
    return LDNSMessage.query(question, id: id, recursion: recursion, payload: payload)
      .map { (id, $0) }
  }

  private static func message(
    _ bytes: [UInt8], _ question: DNSQuestion, _ id: UInt16
  ) -> DNSMessage? {
    guard let message = LDNSMessage.read(bytes), message.answers(question, id: id) else {
      return nil
    }
    return message
  }
}

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif
internal import MailRecords

// The only file of this room that calls the system. ldns can send queries too, but it waits anew
// for each piece of an answer, so that a server which sends a byte a second would hold it for hours,
// and it takes whatever comes for the answer.

/// One exchange with a server, over before a moment.
enum DNSSockets {
  enum Outcome<Answer> {
    case answer(Answer)
    /// Nothing that is an answer came in time.
    case silence
    /// The system says that nobody is there, or there is no way.
    case unreachable
  }

  /// How many datagrams that are no answer are passed over.
  private static let strayLimit = 64

  /// Sends a datagram and waits for one that `accept` takes; others, which anyone can send, are
  /// passed over.
  static func datagram<Answer>(
    _ query: [UInt8], to server: DNSServer, until deadline: ContinuousClock.Instant,
    accept: ([UInt8]) -> Answer?
  ) -> Outcome<Answer> {
    guard let socket = Socket.open(datagram, server), socket.isConnected(until: deadline),
      socket.write(query, until: deadline)
    else { return .unreachable }
    for _ in 0..<strayLimit {
      guard socket.waits(POLLIN, until: deadline) else { return .silence }
      switch socket.read(65535) {
      case .bytes(let bytes): if let answer = accept(bytes) { return .answer(answer) }
      case .again: continue
      case .end: return .unreachable
      }
    }
    return .silence
  }

  /// Sends a query over a connection and reads one message (RFC 7766 §8).
  static func stream<Answer>(
    _ query: [UInt8], to server: DNSServer, until deadline: ContinuousClock.Instant,
    accept: ([UInt8]) -> Answer?
  ) -> Outcome<Answer> {
    let length = [UInt8(query.count >> 8 & 0xFF), UInt8(query.count & 0xFF)]
    guard let socket = Socket.open(stream, server), socket.isConnected(until: deadline),
      socket.write(length + query, until: deadline)
    else { return .unreachable }
    guard let head = socket.read(exactly: 2, until: deadline),
      let bytes = socket.read(exactly: Int(head[0]) << 8 | Int(head[1]), until: deadline),
      let answer = accept(bytes)
    else { return .silence }
    return .answer(answer)
  }

  #if canImport(Glibc)
    private static let datagram = Int32(SOCK_DGRAM.rawValue)
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
    private static let datagram = SOCK_DGRAM
    private static let stream = SOCK_STREAM
  #endif
}

/// A socket that never blocks, closed when it goes out of use.
private struct Socket: ~Copyable {
  enum Read {
    case bytes([UInt8])
    case again
    /// The other side has closed it, or an error came.
    case end
  }

  private let number: Int32

  private init(number: Int32) { self.number = number }

  /// Connected, so that the system passes on only what the server itself sends; nil where there is
  /// no way to it.
  static func open(_ kind: Int32, _ server: DNSServer) -> Socket? {
    let number = socket(server.address.isIPv4 ? AF_INET : AF_INET6, kind, 0)
    guard number >= 0 else { return nil }
    let socket = Socket(number: number)
    guard fcntl(number, F_SETFD, FD_CLOEXEC) == 0, fcntl(number, F_SETFL, O_NONBLOCK) == 0 else {
      return nil
    }
    #if canImport(Darwin)
      var on: Int32 = 1
      _ = unsafe setsockopt(number, SOL_SOCKET, SO_NOSIGPIPE, &on, 4)
    #endif
    guard connect(number, server) == 0 || errno == EINPROGRESS else { return nil }
    return socket
  }

  deinit { close(number) }

  private static func connect(_ number: Int32, _ server: DNSServer) -> Int32 {
    if server.address.isIPv4 {
      var place = sockaddr_in()
      place.sin_family = sa_family_t(AF_INET)
      place.sin_port = server.port.bigEndian
      place.sin_addr.s_addr = UInt32(truncatingIfNeeded: server.address.bits).bigEndian
      return unsafe withUnsafePointer(to: &place) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          unsafe systemConnect(number, address, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
    }
    var place = sockaddr_in6()
    place.sin6_family = sa_family_t(AF_INET6)
    place.sin6_port = server.port.bigEndian
    let bits = server.address.bits
    unsafe withUnsafeMutableBytes(of: &place.sin6_addr) { bytes in
      for index in 0..<min(16, bytes.count) {
        unsafe bytes[index] = UInt8(truncatingIfNeeded: bits >> UInt128(120 - 8 * index))
      }
    }
    return unsafe withUnsafePointer(to: &place) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe systemConnect(number, address, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
  }

  /// Waits until the connection stands.
  func isConnected(until deadline: ContinuousClock.Instant) -> Bool {
    guard waits(POLLOUT, until: deadline) else { return false }
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return unsafe getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0
  }

  /// Waits for an event, or an error, which the next call meets.
  func waits(_ events: Int32, until deadline: ContinuousClock.Instant) -> Bool {
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return false }
      let milliseconds =
        left.components.seconds * 1000
        + left.components.attoseconds / 1_000_000_000_000_000 + 1
      var place = pollfd(fd: number, events: Int16(truncatingIfNeeded: events), revents: 0)
      let result = unsafe poll(&place, 1, Int32(clamping: min(milliseconds, 60_000)))
      if result > 0 { return true }
      if result < 0, errno != EINTR { return false }
    }
  }

  func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) -> Bool {
    var start = 0
    while start < bytes.count {
      guard waits(POLLOUT, until: deadline) else { return false }
      let offset = start
      let result = unsafe bytes.withUnsafeBytes { buffer in
        unsafe systemSend(
          number, buffer.baseAddress.map { unsafe $0 + offset }, bytes.count - offset, Self.flags)
      }
      if result < 0 {
        guard errno == EAGAIN || errno == EINTR else { return false }
      } else {
        start += result
      }
    }
    return true
  }

  func read(_ limit: Int) -> Read {
    var bytes = [UInt8](repeating: 0, count: limit)
    let result = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe systemReceive(number, buffer.baseAddress, limit, 0)
    }
    if result < 0 { return errno == EAGAIN || errno == EINTR ? .again : .end }
    bytes.removeLast(limit - result)
    return .bytes(bytes)
  }

  func read(exactly count: Int, until deadline: ContinuousClock.Instant) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard waits(POLLIN, until: deadline) else { return nil }
      switch read(count - bytes.count) {
      case .bytes(let more):
        guard !more.isEmpty else { return nil }
        bytes += more
      case .again: continue
      case .end: return nil
      }
    }
    return bytes
  }

  #if canImport(Darwin)
    private static let flags: Int32 = 0
  #else
    /// A connection that is gone is an error, not a signal.
    private static let flags = Int32(MSG_NOSIGNAL)
  #endif
}

private let systemConnect = unsafe connect
private let systemSend = unsafe send
private let systemReceive = unsafe recv

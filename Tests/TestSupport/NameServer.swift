internal import Foundation

/// A real BIND on loopback that serves zones, takes updates and hands zones over.
package struct NameServer {
  /// On 127.0.0.1, by UDP and TCP.
  package let port: UInt16
  /// The key that updates may be signed with; they are taken without one as well.
  package static let key = (name: "mgc", secret: "bWdjLXRlc3RzLW9uLWxvb3BiYWNrLW9ubHktMzI=")
  private let process: Process
  private let folder: URL
  /// Where it takes orders of rndc.
  private let controlPort: UInt16

  /// How long to wait for the server to answer, and to end, in seconds.
  private static let patience: TimeInterval = 30

  /// Serves zones while `body` runs.
  ///
  /// - Parameter zones: whole zone files, by the name of the zone.
  package static func run<Result>(
    zones: [String: String], _ body: (NameServer) throws -> Result
  ) throws -> Result {
    try Judge.inFolder { folder in
      for (zone, text) in zones {
        try Data(text.utf8).write(to: folder.appending(path: zone + ".zone"))
      }
      let names = zones.keys.sorted()
      // Another program may take the port before BIND does: then with another one.
      for _ in 1...5 {
        if let server = try start(in: folder, zones: names) {
          defer { server.end() }
          return try body(server)
        }
      }
      let said = try String(contentsOf: folder.appending(path: "log"), encoding: .utf8)
      throw Judge.Failure(description: "named does not start: \(said)")
    }
  }

  private static func start(in folder: URL, zones: [String]) throws -> NameServer? {
    let port = try Judge.read("free_port.py", input: [], as: UInt16.self)
    let controlPort = try Judge.read("free_port.py", input: [], as: UInt16.self)
    let path = folder.path()
    let served = zones.map { zone in
      """
      zone "\(zone)" {
        type primary; file "\(zone).zone"; allow-update { 127.0.0.1; key \(key.name); };
      };
      """
    }
    let settings = """
      options {
        directory "\(path)"; pid-file "\(path)/named.pid"; session-keyfile "\(path)/session.key";
        listen-on port \(port) { 127.0.0.1; }; listen-on-v6 { none; };
        recursion no; dnssec-validation no; empty-zones-enable no; notify no;
        allow-query { 127.0.0.1; }; allow-transfer { 127.0.0.1; }; check-names primary warn;
      };
      controls { inet 127.0.0.1 port \(controlPort) allow { 127.0.0.1; } keys { \(key.name); }; };
      \(keyClause)
      \(served.joined(separator: "\n"))
      """
    try Data(settings.utf8).write(to: folder.appending(path: "named.conf"))
    try Data("\(keyClause)\n".utf8).write(to: folder.appending(path: "rndc.key"))
    let log = folder.appending(path: "log")
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/sbin/named")
    process.arguments = ["-g", "-n", "1", "-c", folder.appending(path: "named.conf").path()]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    let server = NameServer(
      port: port, process: process, folder: folder, controlPort: controlPort)
    let deadline = Date(timeIntervalSinceNow: patience)
    while process.isRunning, Date() < deadline {
      if try zones.allSatisfy({ try !server.dig([$0, "SOA", "+short"]).isEmpty }) { return server }
      let said = try String(contentsOf: log, encoding: .utf8)
      if said.contains("not loaded due to errors") {
        server.end()
        throw Judge.Failure(description: said)
      }
    }
    server.end()
    return nil
  }

  private static var keyClause: String {
    "key \"\(key.name)\" { algorithm hmac-sha256; secret \"\(key.secret)\"; };"
  }

  /// Lets the server write a zone to its file, and gives the whole of it as BIND prints it, with
  /// every name in full and without the serial of the SOA: zones that hold the same are the same
  /// bytes.
  package func file(_ zone: String) throws -> String {
    let served = try query(zone, "SOA").first?.split(separator: " ").dropFirst(2).first
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    // While one writing is under way, the next order is taken and done later.
    while Date() < deadline {
      let (text, serial) = try written(zone)
      if served.map(String.init) == serial { return text }
    }
    throw Judge.Failure(description: "\(zone) is not written to its file")
  }

  /// The file as it is after an order to write it, and the serial in it.
  private func written(_ zone: String) throws -> (text: String, serial: String) {
    let sync = try Judge.run(
      "/usr/sbin/rndc",
      [
        "-s", "127.0.0.1", "-p", "\(controlPort)", "-k", folder.appending(path: "rndc.key").path(),
        "sync", "-clean", zone,
      ])
    guard sync.status == 0 else { throw Judge.Failure(description: "rndc: \(sync.errors)") }
    let printed = try Judge.run(
      "/usr/bin/named-compilezone",
      [
        "-q", "-i", "none", "-k", "ignore", "-s", "full", "-o", "-", zone,
        folder.appending(path: zone + ".zone").path(),
      ])
    guard printed.status == 0 else {
      throw Judge.Failure(description: "named-compilezone: \(printed.errors)")
    }
    // The SOA comes first, on one line: owner, TTL, class, type and host, mailbox, serial.
    var text = String(decoding: printed.output, as: UTF8.self)
    let end = text.firstIndex(of: "\n") ?? text.endIndex
    var fields = text[..<end].split(separator: " ").map(String.init)
    guard let soa = fields.firstIndex(where: { $0.hasPrefix("SOA\t") }), soa + 2 < fields.count
    else { throw Judge.Failure(description: "no SOA: \(text)") }
    let serial = fields[soa + 2]
    fields[soa + 2] = "serial"
    text.replaceSubrange(..<end, with: fields.joined(separator: " "))
    return (text, serial)
  }

  /// Ends the server, by force where it does not go by itself.
  private func end() {
    process.terminate()
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.005) }
    if process.isRunning {
      _ = try? Judge.run("/bin/kill", ["-9", "\(process.processIdentifier)"])
    }
    process.waitUntilExit()
  }

  /// The data of a record set, sorted.
  package func query(_ name: String, _ type: String) throws -> [String] {
    try dig([name, type, "+short"]).sorted()
  }

  /// All records of a zone, one a line, sorted; the serial of the SOA is masked.
  package func transfer(_ zone: String) throws -> [String] {
    let lines = try dig([zone, "AXFR", "+noall", "+answer", "+nosplit"]).map { line in
      var fields = line.split(separator: "\t").joined(separator: " ").split(separator: " ")
        .map(String.init)
      if fields.count == 11, fields[3] == "SOA" { fields[6] = "serial" }
      return fields.joined(separator: " ")
    }
    guard lines.count > 1 else { throw Judge.Failure(description: "no transfer of \(zone)") }
    // The SOA comes twice.
    return lines.dropLast().sorted()
  }

  /// Runs a script of nsupdate on this server; its status is 0 where the update was taken.
  package func update(_ script: String) throws -> Judge.Verdict {
    try Judge.run(
      "/usr/bin/nsupdate", ["-v"], input: Array("server 127.0.0.1 \(port)\n\(script)".utf8))
  }

  /// The lines that dig prints, but for its comments.
  private func dig(_ arguments: [String]) throws -> [String] {
    let verdict = try Judge.run(
      "/usr/bin/dig", ["@127.0.0.1", "-p", "\(port)", "+tries=1", "+time=1"] + arguments)
    return String(decoding: verdict.output, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix(";") }
  }
}

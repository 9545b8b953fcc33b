import MailRecords
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing

/// Senders as RFC 8461 section 5 has them, which remember policies for `max_age` and answers of the
/// DNS for their TTL, while the stages are carried out at the last or first moment of their windows.
@Suite("Senders that remember policies")
struct TransportPolicySimulationTests {
  private static let day = 86400

  /// What the DNS and the web host answer, from a moment on.
  private struct World {
    private(set) var mx: [(time: Int, hosts: [DomainName], ttl: Int)]
    private(set) var txt: [(time: Int, id: String?, ttl: Int)]
    private(set) var policy: [(time: Int, policy: MTASTSPolicy?)]

    init(_ stages: [ZoneStage], current: MTASTSPolicy?) {
      let start = Int.min
      mx = [(start, [], 300)]
      txt = [(start, nil, 300)]
      policy = [(start, current)]
      for set in stages.last?.before ?? [] {
        guard let original = set.original else { continue }
        set.type == .mx ? publish(mx: original, start) : publish(txt: original, start)
      }
    }

    private mutating func publish(mx set: RecordSet, _ time: Int) {
      let hosts = set.data.compactMap { datum -> DomainName? in
        guard case .mx(_, let host) = datum else { return nil }
        return try? DomainName(parsing: String(host.dropLast()))
      }
      mx.append((time, hosts, Int(set.ttl.seconds)))
    }

    private mutating func publish(txt set: RecordSet?, _ time: Int) {
      let texts = (set?.data ?? []).compactMap { datum -> String? in
        if case .txt(let value) = datum, MTASTSRecord.isMTASTS(value.text) {
          value.text
        } else {
          nil
        }
      }
      let id = texts.count == 1 ? MTASTSRecord(parsing: texts[0])?.id : nil
      txt.append((time, id, Int((set?.ttl ?? DomainChanges.usualTTL).seconds)))
    }

    /// Carries a stage out; the record follows its file after a while.
    mutating func run(_ stage: ZoneStage, at time: Int, file: MTASTSPolicy?, delay: Int) {
      if let file { policy.append((time, file)) }
      for set in stage.after
      where stage.changes.contains(where: { $0.owner == set.owner && $0.type == set.type }) {
        guard let now = set.current else { continue }
        if set.type == .mx { publish(mx: now, time) } else { publish(txt: now, time + delay) }
      }
    }

    func exchangers(at time: Int) -> (hosts: [DomainName], ttl: Int) {
      let answer = mx.last { $0.time <= time } ?? mx[0]
      return (answer.hosts, answer.ttl)
    }

    func record(at time: Int) -> (id: String?, ttl: Int) {
      let answer = txt.last { $0.time <= time } ?? txt[0]
      return (answer.id, answer.ttl)
    }

    func served(at time: Int) -> MTASTSPolicy? {
      (policy.last { $0.time <= time } ?? policy[0]).policy
    }
  }

  private struct Sender {
    /// How likely a policy cannot be fetched.
    let loss: Double
    /// Some resolvers keep records longer than they should.
    let leastTTL: Int
    var mx: (hosts: [DomainName], until: Int)?
    var record: (id: String?, until: Int)?
    var policy: (id: String, policy: MTASTSPolicy, until: Int)?

    /// Whether the mail is delivered.
    mutating func deliver(at time: Int, in world: World, _ random: inout SplitMix64) -> Bool {
      if (mx?.until ?? .min) <= time {
        let answer = world.exchangers(at: time)
        mx = (answer.hosts, time + max(answer.ttl, leastTTL))
      }
      if (record?.until ?? .min) <= time {
        let answer = world.record(at: time)
        record = (answer.id, time + max(answer.ttl, leastTTL))
      }
      if (policy?.until ?? .min) <= time { policy = nil }
      if let id = record?.id, policy?.id != id, Double.random(in: 0..<1, using: &random) >= loss,
        let fetched = world.served(at: time)
      {
        policy = (id, fetched, time + fetched.maximumAge)
      }
      guard let held = policy?.policy, held.mode == .enforce else { return true }
      return (mx?.hosts ?? []).allSatisfy(held.covers)
    }
  }

  private struct Outcome {
    var delivered = 0
    var refused = 0
    /// Deliveries under a policy that is enforced.
    var bound = 0
  }

  /// What a person does otherwise than the runbook says.
  enum Slip { case none, skipsFirst, hurriesFirst, hurriesLast }

  private func simulate(
    _ sts: String, current: String, zone: String = TransportPolicyTests.zone, _ slip: Slip,
    seed: UInt64
  ) throws -> Outcome {
    let example = try TransportPolicyTests.example(sts, zone: zone, current: current)
    let domain = try #require(example.procedure.domains.first)
    let changes = try #require(domain.transportPolicy)
    let windows = Dictionary(
      uniqueKeysWithValues: example.procedure.phases.map { ($0.kind, $0.window) })
    let cutover = try #require(example.procedure.cutover).value.seconds
    var random = SplitMix64(seed: seed)
    var events: [(time: Int, stage: ZoneStage, file: MTASTSPolicy?)] = []
    for stage in domain.stages {
      switch stage.kind {
      case .transportPolicyBefore:
        if slip == .skipsFirst { continue }
        let time =
          slip == .hurriesFirst
          ? cutover - 7200 : try #require(windows[.transportPolicyBefore]??.notAfter).seconds
        events.append((time, stage, changes.before?.policy))
      case .lowerTTL:
        events.append((try #require(windows[.ttl]??.notAfter).seconds, stage, nil))
      case .cutover: events.append((cutover, stage, nil))
      case .transportPolicyAfter:
        let time =
          slip == .hurriesLast
          ? cutover : try #require(windows[.transportPolicyAfter]??.notBefore).seconds
        events.append((time, stage, changes.after?.policy))
      case .restoreTTL:
        events.append((try #require(windows[.restoreTTL]??.notBefore).seconds, stage, nil))
      case .senderAuthentication, .retireKey, .dmarc: break
      }
    }
    var world = World(domain.stages, current: changes.current)
    for event in events.sorted(by: { $0.time < $1.time }) {
      world.run(
        event.stage, at: event.time, file: event.file,
        delay: Int.random(in: 0...3600, using: &random))
    }
    let span = (changes.current?.maximumAge ?? 0) + 20 * Self.day
    var outcome = Outcome()
    for number in 0..<400 {
      // A third of the senders can fetch a policy but now and then.
      var sender = Sender(
        loss: number % 3 == 0 ? 0.9 : 0.1,
        leastTTL: number % 4 == 0 ? Int.random(in: 0...Self.day, using: &random) : 0)
      let rest = Int.random(in: 600...(2 * Self.day), using: &random)
      var time = cutover - span - 10 * Self.day
      while time < cutover + span {
        time += Int.random(in: 1...(2 * rest), using: &random)
        if sender.deliver(at: time, in: world, &random) {
          outcome.delivered += 1
        } else {
          outcome.refused += 1
        }
        if sender.policy?.policy.mode == .enforce { outcome.bound += 1 }
      }
    }
    return outcome
  }

  private static let enforce = "{ mode: enforce, maxAge: 604800, current: today.txt }"

  @Test(
    arguments: [
      (enforce, TransportPolicyTests.current),
      (enforce, TransportPolicyTests.current.replacing("enforce", with: "testing")),
      (enforce.replacing("604800", with: "3600"), TransportPolicyTests.current),
      (enforce.replacing("enforce", with: "testing"), TransportPolicyTests.current),
      (enforce.replacing("enforce", with: "none"), TransportPolicyTests.current),
    ], [1, 2, 3] as [UInt64])
  func `No mail is refused when the stages are as scheduled`(
    _ texts: (sts: String, current: String), _ seed: UInt64
  ) throws {
    let outcome = try simulate(texts.sts, current: texts.current, .none, seed: seed)
    #expect(outcome.refused == 0)
    #expect(outcome.delivered > 1000)
    #expect(outcome.bound > 300)
  }

  @Test(arguments: [Slip.skipsFirst, .hurriesFirst, .hurriesLast], [1, 2, 3] as [UInt64])
  func `Mail is refused when a stage is skipped or hurried`(_ slip: Slip, _ seed: UInt64) throws {
    let outcome = try simulate(
      Self.enforce, current: TransportPolicyTests.current, slip, seed: seed)
    #expect(outcome.refused > 0)
  }
}

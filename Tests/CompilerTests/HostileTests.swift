import Testing

/// Text that tries to leave its place, in every free-text field, through the whole of mgc.
struct HostileTests {
  @Test func `Every value is taken or refused at its own place`() async throws {
    let start = ContinuousClock.now
    let outcomes = await HostileOutcomes.all.value
    let (compiled, _) = try HostileTenant.compiled([:], form: .first, language: "ja")
    #expect(compiled.errors.map(compiled.place) == [])
    let (second, _) = try HostileTenant.compiled([:], form: .second, language: "en")
    #expect(second.errors.map(second.place) == [])
    for fault in outcomes.faults.prefix(60) { Issue.record("\(fault)") }
    #expect(outcomes.faults.count == 0)
    let fields = Set(HostileTenant.fields.map(\.name))
    let accepted = outcomes.accepted.map(\.count).reduce(0, +)
    print(
      "\(fields.count) fields in \(HostileTenant.fields.count) forms, "
        + "\(HostileOutcomes.values.count) values, \(outcomes.compilations) compilations: "
        + "\(accepted) taken, \(outcomes.compilations - accepted) refused; slowest "
        + "\(outcomes.slowest); \(ContinuousClock.now - start)")
    #expect(accepted > 1000 && outcomes.compilations - accepted > 1000)
    #expect(outcomes.slowest < .seconds(5))
  }
}

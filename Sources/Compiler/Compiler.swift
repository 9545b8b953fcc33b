package import Artifacts
package import Diagnostics
internal import Emitters
package import Ledger
package import MailRecords
package import Procedure
package import SourceText
package import TenantModel
package import TenantReading
internal import TenantRules
package import Wording
internal import YAMLTree

// The whole middle of mgc, as one function without a world: bytes in, values out.
//
//   SourceFile → open → Opening → read(standard) → Reading
//     → compile(files, observed, lock, now) → Compilation
//
// In between the edge fetches first the standard that tenant.yaml extends, if it extends one, then
// the other files that it names.

/// tenant.yaml as YAML, and which standard it needs before it has a meaning.
package struct Opening: Sendable {
  /// The standard that tenant.yaml extends; nil where it extends none.
  package let standard: StandardReference?
  fileprivate let sources: SourceSet
  fileprivate let document: YAMLDocument?
  fileprivate let bag: DiagnosticBag
}

/// What the edge found where `extends` leads.
package enum Standard: Sendable {
  case file(SourceFile)
  /// Why it was not read.
  case failure(LocalizedText)
}

/// What the first stage knows: the model, and which files it still needs.
package struct Reading: Sendable {
  package var sources: SourceSet
  /// The files that tenant.yaml names, in the order in which it does.
  package let references: [Located<FileReference>]
  package let tenant: Tenant?
  /// The standard that tenant.yaml extends.
  fileprivate(set) var standard: StandardReference?
  /// What tenant.yaml itself says, for fixes that take entries out; nil where it is not YAML.
  fileprivate let own: YAMLDocument?
  /// What the comments silence.
  fileprivate var allowances = Allowances()
  fileprivate let isIncomplete: Bool
  /// The findings of reading.
  let bag: DiagnosticBag
  fileprivate var inheritance: InheritedPlaces?
  /// What was decoded, with what it inherits; nil where the file could not be read.
  fileprivate var document: YAMLDocument?
}

/// The standard's file and the `extends` that brought it.
private struct InheritedPlaces: Sendable {
  let file: SourceFileID
  let extends: SourceSpan

  /// The finding with the `extends`, where a place of it is in the standard.
  func label(_ finding: Diagnostic) -> Diagnostic {
    guard ([finding.primary] + finding.labels.map(\.span)).contains(where: { $0.file == file })
    else { return finding }
    return finding.adding(
      .init(extends, .init(ja: "このextendsで引き継いだ", en: "inherited by this extends")))
  }
}

/// What was observed outside of tenant.yaml.
package struct Observed: Sendable {
  /// What the zones hold; a domain that is not here has an unknown zone.
  package var zones: [DomainName: ZoneContents] = [:]
  /// Where a zone file writes a record set.
  package var zoneSpan: @Sendable (DomainName, OwnerName, RecordType) -> SourceSpan? = { _, _, _ in
    nil
  }
  /// What the DNS said, as far as it was recorded.
  package var answers: DNSResolver = { _ in .unknown }
  /// When the snapshots that `zone` names were recorded, by domain.
  package var recordings: [DomainName: Located<Timestamp>] = [:]
  /// What was seen of Exchange Online, by mail server.
  package var exports: [Identifier: ExchangeExport] = [:]
  package var diagnostics: [Diagnostic] = []
  /// The codes that the observer can find.
  package var codes: [DiagnosticCode] = []

  package init() {}
}

/// What is known of one tenant after all rules have judged it. What follows is made when it is
/// asked for: `check` needs none of it, `plan` no document.
package struct Compilation: Sendable {
  package let sources: SourceSet
  package let language: Language
  package let tenantID: Located<String>?
  package let diagnostics: [Diagnostic]
  /// The findings that a comment silences.
  package let silenced: [SilencedFinding]
  /// How many findings came after the limit.
  package let dropped: Int
  package let hasErrors: Bool
  /// How far the judging came.
  package let reach: Reach
  /// What makes a procedure; nil where a finding is an error.
  fileprivate let ground: Ground?
  /// tenant.yaml with all that it inherits; nil where it could not be read.
  fileprivate let document: YAMLDocument?

  /// Every value that tenant.yaml sets or inherits, in the canonical order, with its place.
  package func writtenValues() -> [WrittenValue] { document.map(TenantReader.writtenValues) ?? [] }

  /// How much of the findings is known: what cannot be read keeps later stages from judging.
  package enum Reach: Sendable {
    /// Nothing but that the text is not YAML.
    case text
    /// All findings of reading, and of the rules those that need nothing unread.
    case reading
    /// All.
    case rules
  }

  fileprivate struct Ground: Sendable {
    let tenant: Tenant
    let services: ContractedServices
    let keys: KeyRing
    let zones: [DomainName: ZoneContents]
    let answers: DNSResolver
    let exports: [Identifier: ExchangeExport]
    let reprieves: [Reprieve]
    let exchange: ListExchange
    let lock: Lock?
  }

  /// The procedure with its plan; nil where a finding is an error.
  package func result() -> Result? {
    ground.map(Result.init)
  }

  /// With one more finding, which is an error, and the sources that it needs.
  func adding(_ error: Diagnostic, _ sources: SourceSet) -> Compilation {
    var bag = DiagnosticBag()
    bag.add(error)
    bag.add(contentsOf: diagnostics)
    return Compilation(
      sources: sources, language: language, tenantID: tenantID, diagnostics: bag.sorted,
      silenced: silenced, dropped: dropped + bag.dropped, hasErrors: true, reach: reach,
      ground: nil,
      document: document)
  }

  /// What there is without an error.
  package struct Result: Sendable {
    package let procedure: Procedure
    package let plan: Plan

    fileprivate init(_ ground: Ground) {
      procedure = Procedure(
        ground.tenant, services: ground.services, keys: ground.keys, zones: ground.zones,
        rememberedTTLs: ground.lock.map { $0.rememberedTTLs(of: ground.tenant) } ?? [:],
        remembered: ground.lock?.originals ?? [], reprieves: ground.reprieves,
        answers: ground.answers, exports: ground.exports, exchange: ground.exchange)
      plan = Plan(procedure, applied: ground.lock.map(\.applied) ?? [])
    }

    /// Everything that an apply writes.
    package func output() -> Output {
      let tenant = procedure.tenant.id.value.text
      let documents = Emitter.documents(of: procedure).sorted { $0.path < $1.path }
      let manifest = Manifest(tenant: tenant, documents)
      let own = manifest.artifact
      return Output(
        artifacts: (documents + [own]).sorted { $0.path < $1.path },
        lock: Lock(
          tenant: tenant,
          resources: procedure.resources.filter { !$0.isWaitingOnly }.map(LockedResource.init),
          files: manifest.files + [LockedFile(path: own.path.description, bytes: own.bytes)],
          originals: procedure.remembered))
    }
  }

  /// Everything that an apply writes.
  package struct Output: Sendable {
    /// All files below `out/`, by path.
    package let artifacts: [Artifact]
    /// The lock to be written beside them.
    package let lock: Lock
  }
}

package enum Compiler {
  /// Reads tenant.yaml as YAML.
  package static func open(_ file: SourceFile) -> Opening {
    var sources = SourceSet()
    let id = sources.add(file)
    var bag = DiagnosticBag()
    let document = YAMLReader.read(file, id: id, into: &bag)
    return Opening(
      standard: document.flatMap(TenantReader.standard), sources: sources, document: document,
      bag: bag)
  }

  /// Reads tenant.yaml.
  ///
  /// - Parameter standard: what `opening.standard` asks for; nil where it asks for nothing.
  package static func read(_ opening: Opening, standard: Standard?) -> Reading {
    var sources = opening.sources
    var bag = opening.bag
    guard let document = opening.document else {
      return Reading(
        sources: sources, references: [], tenant: nil, own: nil, isIncomplete: true, bag: bag)
    }
    var inheritance = Inheritance.none
    var places: InheritedPlaces?
    var allowances = AllowanceReader.read(document, of: sources[.tenant], into: &bag)
    if let extends = TenantReader.extends(in: document) {
      inheritance = .unavailable
      switch standard {
      case .file(let file):
        let id = sources.add(file)
        places = InheritedPlaces(file: id, extends: extends.span)
        if let standard = YAMLReader.read(file, id: id, into: &bag) {
          inheritance = .standard(standard)
          allowances.add(AllowanceReader.read(standard, of: file, into: &bag))
        }
      case .failure(let reason): bag.add(.unreadableStandard(at: extends.span, reason))
      // The path cannot be used, which is found below.
      case nil: break
      }
    }
    let wasSound = !bag.hasErrors
    let reading = TenantReader.read(document, over: inheritance, into: &bag)
    return Reading(
      sources: sources, references: reading.references, tenant: reading.tenant,
      standard: opening.standard, own: opening.document, allowances: allowances,
      isIncomplete: reading.isIncomplete || !wasSound, bag: bag, inheritance: places,
      document: reading.document)
  }

  /// Reads a tenant.yaml that stands alone.
  package static func read(_ file: SourceFile) -> Reading {
    let opening = open(file)
    return read(
      opening,
      standard: opening.standard.map { _ in
        .failure(.init(ja: "標準ファイルが渡されていない", en: "it was not handed over"))
      })
  }

  /// Judges what was read.
  ///
  /// - Parameters:
  ///   - reading: with the sources of the files added.
  ///   - lock: what was applied before; nil where nothing was.
  ///   - now: decides only findings and the plan, never an artifact.
  package static func compile(
    _ reading: Reading, files: ReferencedFiles, observed: Observed, lock: Lock?, now: Timestamp
  ) -> Compilation {
    var bag = reading.bag
    bag.add(
      contentsOf: observed.diagnostics.lazy.filter {
        !reading.isIncomplete || $0.code.severity == .error
      })
    let ground = judge(reading, files: files, observed: observed, lock: lock, now: now, into: &bag)
    let isWhole = !reading.isIncomplete && bag.dropped == 0
    let silencing = Silencing(
      reading.allowances, of: bag.sorted, in: reading.sources,
      Silencing.Ground(
        codes: reading.allowances.isEmpty ? [] : codes + observed.codes,
        references: reading.references.compactMap { reference in
          files.id(of: reference.value).map { ($0, reference.span) }
        }, today: now.date, isWhole: !bag.hasErrors && bag.dropped == 0))
    var left = DiagnosticBag()
    left.add(contentsOf: silencing.kept)
    left.add(contentsOf: silencing.findings)
    let findings = resolved(left.sorted, reading)
    return Compilation(
      sources: reading.sources, language: reading.tenant?.language ?? .ja,
      tenantID: reading.tenant?.id.map(\.text),
      diagnostics: reading.inheritance.map { findings.map($0.label) } ?? findings,
      silenced: silencing.silenced, dropped: bag.dropped + left.dropped, hasErrors: bag.hasErrors,
      reach: reading.own == nil ? .text : isWhole ? .rules : .reading, ground: ground,
      document: reading.document)
  }

  /// Lets the rules judge; nil where a finding is an error.
  private static func judge(
    _ reading: Reading, files: ReferencedFiles, observed: Observed, lock: Lock?, now: Timestamp,
    into bag: inout DiagnosticBag
  ) -> Compilation.Ground? {
    guard let (tenant, keys, exchange) = resolve(reading, files, into: &bag) else { return nil }
    let requirements = Requirements(of: tenant)
    let input = RuleInput(
      tenant: tenant, keys: keys, zones: observed.zones, zoneSpan: observed.zoneSpan,
      answers: observed.answers, recordings: observed.recordings, exports: observed.exports,
      exchange: exchange,
      requirements: requirements, now: now)
    TenantRules.judge(input, isIncomplete: reading.isIncomplete, into: &bag)
    guard !bag.hasErrors, case .met(let services) = requirements else { return nil }
    return Compilation.Ground(
      reading, observed, tenant: tenant, services: services, keys: keys, exchange: exchange,
      lock: lock)
  }

  /// What would be written if no rule had anything against it; nil where too little was read.
  static func draft(
    _ reading: Reading, files: ReferencedFiles, observed: Observed, lock: Lock?
  ) -> Compilation.Result? {
    var bag = DiagnosticBag()
    guard let (tenant, keys, exchange) = resolve(reading, files, into: &bag) else { return nil }
    guard case .met(let services) = Requirements(of: tenant) else { return nil }
    return Compilation.Result(
      Compilation.Ground(
        reading, observed, tenant: tenant, services: services, keys: keys, exchange: exchange,
        lock: lock))
  }

  /// The tenant with what the files that it names hold; nil where there is no tenant.
  private static func resolve(
    _ reading: Reading, _ files: ReferencedFiles, into bag: inout DiagnosticBag
  ) -> (tenant: Tenant, keys: KeyRing, exchange: ListExchange)? {
    guard var tenant = reading.tenant else { return nil }
    let keys = TenantReader.resolve(
      &tenant, references: reading.references, files: files, sources: reading.sources, into: &bag)
    let gateway = tenant.gateway
    let exchange = ListExchange(
      gateway.importProfiles, encoding: gateway.listEncoding, isNormal: \.isNFC
    ) { reference in
      guard let id = files.id(of: reference) else { return nil }
      let file = reading.sources[id]
      // Of a file with a secret in it, nothing is read that a finding or the plan could show.
      return ReferencedText(file, id: id).holdsSecret ? nil : (file, id)
    }
    return (tenant, keys, exchange)
  }

  /// The findings with the entries that their fixes take out as edits.
  private static func resolved(_ findings: [Diagnostic], _ reading: Reading) -> [Diagnostic] {
    guard findings.contains(where: { $0.fixes.contains { !$0.removals.isEmpty } }) else {
      return findings
    }
    let entries = reading.own.map(EntryRemoval.init)
    return findings.map { finding in
      finding.resolving { removal in
        if removal.span.file == .tenant { return entries?.edits(for: removal) }
        // Other files are lists of lines, or are nobody's to edit.
        guard removal.target == .entry, removal.original == nil else { return nil }
        return reading.sources[removal.span.file].removal(ofLine: removal.span)
      }
    }
  }
}

extension Compilation.Ground {
  fileprivate init(
    _ reading: Reading, _ observed: Observed, tenant: Tenant, services: ContractedServices,
    keys: KeyRing, exchange: ListExchange, lock: Lock?
  ) {
    self.init(
      tenant: tenant, services: services, keys: keys, zones: observed.zones,
      answers: observed.answers, exports: observed.exports,
      reprieves: reading.allowances.reprieves, exchange: exchange, lock: lock)
  }
}

extension Lock {
  /// What the plan compares with; a step that no release knows is left out.
  fileprivate var applied: [Plan.Applied] {
    resources.compactMap { resource in
      Step(rawValue: resource.step).map {
        Plan.Applied(id: resource.id, step: $0, properties: resource.properties)
      }
    }
  }

  /// The TTLs that step 8 restores.
  fileprivate func rememberedTTLs(of tenant: Tenant) -> [DomainName: TTL] {
    var result: [DomainName: TTL] = [:]
    for domain in tenant.domains {
      let id = DomainChanges.restoreTTLIdentifier(of: domain.name.value)
      let seconds = resource(id)?.properties.first { $0.name == "ttl" }.flatMap { Int($0.value) }
      if let seconds, let ttl = TTL(seconds) { result[domain.name.value] = ttl }
    }
    return result
  }
}

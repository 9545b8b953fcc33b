/// What layering must know of a place, which YAML does not say.
package protocol LayerGuide {
  /// The place under a key of a mapping; nil where nothing is known of it.
  func member(_ key: String) -> Self?
  /// Whether a list belongs here, which `{ append: […] }` may stand for.
  var isList: Bool { get }
  /// Keys of which a mapping holds only one, so that the document's own takes the place of any
  /// other in the standard.
  var alternatives: [String] { get }
}

extension YAMLDocument {
  /// The document with what a standard gives besides: mappings are merged, all else of the standard
  /// gives way, and lists are replaced or, where `{ append: […] }` is written, continued.
  ///
  /// Every node keeps the place where it was written. Members come in the document's own order,
  /// then in the standard's. What the guide does not know is not merged, and the elements of lists
  /// never are.
  ///
  /// Both tapes are copied whole, with the standard's records marked. Behind them stand only the
  /// merged mappings and lists, whose contents are grafted: they lead back to the records that
  /// were read, as an alias does.
  ///
  /// - Parameter standard: nil for one that could not be had. Neither document is layered itself.
  package func layered(over standard: YAMLDocument?, guide: some LayerGuide) -> YAMLDocument {
    var builder = LayerBuilder(self, standard)
    builder.merge(root, standard?.root, guide)
    return YAMLDocument(
      self, over: standard ?? self, tape: builder.tape, rootIndex: builder.rootIndex,
      decoded: builder.decoded, decodedStarts: builder.decodedStarts)
  }
}

private struct LayerBuilder {
  private(set) var tape: [TapeRecord]
  private(set) var decoded: [UInt8]
  private(set) var decodedStarts: [UInt32]
  let rootIndex: Int
  private let own: YAMLDocument

  init(_ own: YAMLDocument, _ standard: YAMLDocument?) {
    self.own = own
    (tape, decoded, decodedStarts) = (own.tape, own.decoded, own.decodedStarts)
    if let standard {
      tape.reserveCapacity(own.tape.count + standard.tape.count + 256)
      for record in standard.tape { tape.append(Self.inherited(record, own)) }
      decoded += standard.decoded
      let base = UInt32(truncatingIfNeeded: own.decoded.count)
      decodedStarts += standard.decodedStarts.dropFirst().map { $0 + base }
    }
    rootIndex = tape.count
  }

  /// A record of the standard as it stands behind the document's own.
  private static func inherited(_ record: TapeRecord, _ own: YAMLDocument) -> TapeRecord {
    var record = record
    record.info |= TapeRecord.inherited
    if record.kind != .scalar {
      record.link += UInt32(truncatingIfNeeded: own.tape.count)
    } else if record.has(TapeRecord.decoded) {
      record.link += UInt32(truncatingIfNeeded: own.decodedStarts.count - 1)
    }
    return record
  }

  // MARK: Merging

  mutating func merge(_ node: YAMLNode, _ standard: YAMLNode?, _ guide: (some LayerGuide)?) {
    guard let guide else { return graft(node) }
    if guide.isList {
      merge(list: node, standard)
    } else if node.kind == .mapping {
      merge(mapping: node, standard?.kind == .mapping ? standard : nil, guide)
    } else {
      graft(node)
    }
  }

  private mutating func merge(list node: YAMLNode, _ standard: YAMLNode?) {
    guard let addition = node.addition else { return graft(node) }
    // What is no list in the standard is found there.
    if let standard, standard.kind != .sequence { return graft(standard) }
    let index = open(.sequence, node)
    if let standard { for element in standard.elements { graft(element) } }
    for element in addition.elements { graft(element) }
    close(index, count: (standard?.count ?? 0) + addition.count)
  }

  private mutating func merge(
    mapping node: YAMLNode, _ standard: YAMLNode?, _ guide: some LayerGuide
  ) {
    var inherited: [(name: String, key: YAMLNode, value: YAMLNode)] = []
    var numbers: [String: Int] = [:]
    if let standard {
      for (key, value) in standard.members {
        let name = key.text()
        numbers[name] = inherited.count
        inherited.append((name, key, value))
      }
    }
    var isTaken = [Bool](repeating: false, count: inherited.count)
    var hasChosen = false
    var count = 0
    let alternatives = guide.alternatives
    let index = open(.mapping, node)
    for (key, value) in node.members {
      let name = key.text()
      copy(key)
      let number = numbers[name]
      if let number { isTaken[number] = true }
      merge(value, number.map { inherited[$0].value }, guide.member(name))
      hasChosen = hasChosen || alternatives.contains(name)
      count += 1
    }
    for (number, member) in inherited.enumerated() where !isTaken[number] {
      if hasChosen && alternatives.contains(member.name) { continue }
      copy(member.key)
      graft(member.value)
      count += 1
    }
    close(index, count: count)
  }

  // MARK: Records

  private mutating func open(_ kind: TapeRecord.Kind, _ node: YAMLNode) -> Int {
    let place = node.document.tape[node.place]
    tape.append(TapeRecord(kind, start: Int(place.start), end: Int(place.end)))
    return tape.count - 1
  }

  private mutating func close(_ index: Int, count: Int) {
    tape[index].link = UInt32(truncatingIfNeeded: tape.count)
    // There are 24 bits for it.
    tape[index].count = min(count, 0xFF_FFFF)
  }

  /// Keys are scalars, which are copied.
  private mutating func copy(_ key: YAMLNode) {
    let record = key.document.tape[key.place]
    tape.append(key.document === own ? record : Self.inherited(record, own))
  }

  private mutating func graft(_ node: YAMLNode) {
    let isOwn = node.document === own
    let place = node.document.tape[node.place]
    var flags = isOwn ? 0 : TapeRecord.inherited
    if !node.isAlias { flags |= TapeRecord.graft }
    tape.append(
      TapeRecord(
        .alias, start: Int(place.start), end: Int(place.end),
        link: node.index + (isOwn ? 0 : own.tape.count), flags: flags))
  }
}

extension YAMLNode {
  /// The list of a mapping `{ append: […] }`; nil for any other node.
  package var addition: YAMLNode? {
    guard kind == .mapping, count == 1, let (key, value) = members.first(where: { _ in true }),
      key.text() == "append", value.kind == .sequence
    else { return nil }
    return value
  }
}

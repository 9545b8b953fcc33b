internal import CLDNS
internal import MailRecords
internal import SourceText
internal import Wording

// The only file that knows ldns: entries of zone files, names, data and messages.

/// What one entry of a zone file is.
enum ZoneEntry {
  case directive
  case include
  case failure(LocalizedText)
  case outside(String)
  case soa(ZoneAuthority)
  case record(OwnerName, TTL, RecordType, RecordData)
}

/// The state of reading: the current origin, TTL and owner, as ldns keeps them. `free` must follow.
@safe struct LDNSZone {
  /// Stands in for "no TTL written"; no zone file can say it, since it is beyond the limit.
  private static let noTTL: UInt32 = 0xFFFF_FFFE

  private let zone: DomainName
  private let zoneWire: [UInt8]
  private var origin: UnsafeMutablePointer<ldns_rdf>
  private var previous: UnsafeMutablePointer<ldns_rdf>? = nil
  private var defaultTTL: UInt32? = nil
  private var lastTTL: UInt32? = nil
  private var lastOwnerWire: [UInt8] = []
  private var lastOwner: OwnerName

  init?(origin name: DomainName) {
    guard let origin = unsafe ldns_dname_new_frm_str(name.ascii + ".") else { return nil }
    zone = name
    unsafe self.origin = unsafe origin
    zoneWire = unsafe WireName.bytes(origin)
    lastOwner = OwnerName(apexOf: name)
  }

  mutating func free() {
    unsafe ldns_rdf_deep_free(origin)
    if let previous = unsafe previous { unsafe ldns_rdf_deep_free(previous) }
  }

  /// - Parameter text: with a NUL at its end.
  mutating func read(_ text: [UInt8]) -> ZoneEntry {
    if text.first == 0x24 { return directive(text.dropLast()) }
    var record: UnsafeMutablePointer<ldns_rr>? = nil
    let status = unsafe text.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe ldns_rr_new_frm_str(
          &record, characters.baseAddress, Self.noTTL, origin, &previous)
      }
    }
    guard status == LDNS_STATUS_OK, let record = unsafe record else {
      return .failure(Self.reason(status))
    }
    defer { unsafe ldns_rr_free(record) }
    return unsafe entry(record)
  }

  private mutating func directive(_ text: ArraySlice<UInt8>) -> ZoneEntry {
    let words = text.split { $0 == 0x20 || $0 == 0x09 }
      .map { String(decoding: $0, as: UTF8.self) }
    switch (words[0].uppercased(), words.count) {
    case ("$INCLUDE", _): return .include
    case ("$TTL", 2):
      guard let seconds = Self.period(words[1]) else {
        return .failure(
          LocalizedText(ja: "$TTLの値がTTLではない", en: "the value of $TTL is not a TTL"))
      }
      defaultTTL = seconds
      return .directive
    case ("$ORIGIN", 2):
      guard let name = unsafe ldns_dname_new_frm_str(words[1]) else {
        return .failure(
          LocalizedText(ja: "$ORIGINの値が名前ではない", en: "the value of $ORIGIN is not a name"))
      }
      if words[1] == "@" {
        unsafe ldns_rdf_deep_free(name)
      } else if !words[1].hasSuffix(".") {
        let status = unsafe ldns_dname_cat(name, origin)
        guard status == LDNS_STATUS_OK else {
          unsafe ldns_rdf_deep_free(name)
          return .failure(Self.reason(status))
        }
        unsafe replaceOrigin(name)
      } else {
        unsafe replaceOrigin(name)
      }
      return .directive
    default:
      return .failure(
        LocalizedText(ja: "対応していない指示である", en: "the directive is not supported"))
    }
  }

  private mutating func replaceOrigin(_ name: UnsafeMutablePointer<ldns_rdf>) {
    unsafe ldns_rdf_deep_free(origin)
    unsafe origin = unsafe name
  }

  private mutating func entry(_ record: UnsafeMutablePointer<ldns_rr>) -> ZoneEntry {
    guard unsafe ldns_rr_get_class(record) == LDNS_RR_CLASS_IN,
      let owner = unsafe ldns_rr_owner(record)
    else {
      return .failure(LocalizedText(ja: "クラスがINではない", en: "its class is not IN"))
    }
    if unsafe !WireName.isEqual(owner, lastOwnerWire) {
      let wire = unsafe WireName.bytes(owner)
      guard let relative = WireName.relative(wire, to: zoneWire) else {
        return .outside(WireName.text(wire))
      }
      lastOwner = OwnerName(zone: zone, presentation: relative)
      lastOwnerWire = wire
    }
    let type = unsafe ldns_rr_get_type(record)
    let written = unsafe ldns_rr_ttl(record)
    let count = unsafe ldns_rr_rd_count(record)
    let soaMinimum =
      type == LDNS_RR_TYPE_SOA && count == 7
      ? unsafe ldns_rdf2native_int32(ldns_rr_rdf(record, 6)) : nil
    guard let seconds = written == Self.noTTL ? defaultTTL ?? lastTTL ?? soaMinimum : written else {
      return .failure(LocalizedText(ja: "TTLがない", en: "it has no TTL"))
    }
    guard let ttl = TTL(seconds) else {
      return .failure(
        LocalizedText(ja: "TTLが2147483647を超えている", en: "its TTL is greater than 2147483647"))
    }
    // As BIND has it: a SOA without any TTL gives its minimum to all that follows.
    if let soaMinimum, written == Self.noTTL, defaultTTL == nil, lastTTL == nil {
      defaultTTL = soaMinimum
    }
    lastTTL = seconds
    if let soaMinimum, lastOwner.isApex {
      let minimum = TTL(soaMinimum) ?? ttl
      return .soa(ZoneAuthority(ttl: ttl, minimum: minimum))
    }
    guard let (kind, data) = unsafe LDNSData.read(record, type) else {
      return .failure(Self.reason(LDNS_STATUS_SYNTAX_ERR))
    }
    return .record(lastOwner, ttl, kind, data)
  }

  private static func period(_ text: String) -> UInt32? {
    var rest: UnsafePointer<CChar>? = nil
    return unsafe text.withCString { characters in
      let seconds = unsafe ldns_str2period(characters, &rest)
      let isWhole = unsafe rest.map { unsafe $0.pointee == 0 } ?? false
      return isWhole && text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        && seconds <= TTL.maximumSeconds ? seconds : nil
    }
  }

  private static func reason(_ status: ldns_status) -> LocalizedText {
    guard let text = unsafe ldns_get_errorstr_by_id(status) else {
      return LocalizedText(ja: "構文の誤りがある", en: "it has a syntax error")
    }
    let reason = unsafe String(cString: text).excerpt()
    return LocalizedText(ja: "ldnsの診断は「\(reason)」", en: "ldns says \"\(reason)\"")
  }
}

/// The data of a record, from ldns's form.
private enum LDNSData {
  static func read(
    _ record: UnsafeMutablePointer<ldns_rr>, _ type: ldns_rr_type
  ) -> (RecordType, RecordData)? {
    let count = unsafe ldns_rr_rd_count(record)
    let first = count > 0 ? unsafe ldns_rr_rdf(record, 0) : nil
    switch type {
    case LDNS_RR_TYPE_A:
      guard let field = unsafe first else { return nil }
      return unsafe (.a, .a(IPAddress(v4: WireName.number(field))))
    case LDNS_RR_TYPE_AAAA:
      guard let field = unsafe first else { return nil }
      return unsafe (.aaaa, .aaaa(IPAddress(v6: WireName.number(field))))
    case LDNS_RR_TYPE_CNAME:
      guard let field = unsafe first else { return nil }
      return unsafe (.cname, .cname(WireName.text(WireName.bytes(field))))
    case LDNS_RR_TYPE_NS:
      guard let field = unsafe first else { return nil }
      return unsafe (.ns, .ns(WireName.text(WireName.bytes(field))))
    case LDNS_RR_TYPE_MX:
      guard count == 2, let field = unsafe first, let host = unsafe ldns_rr_rdf(record, 1) else {
        return nil
      }
      let name = unsafe WireName.text(WireName.bytes(host))
      return unsafe (.mx, .mx(preference: ldns_rdf2native_int16(field), host: name))
    case LDNS_RR_TYPE_TXT:
      var strings: [[UInt8]] = []
      for index in 0..<count {
        guard let field = unsafe ldns_rr_rdf(record, index) else { return nil }
        strings.append(unsafe Array(WireName.bytes(field).dropFirst()))
      }
      if let value = TXTValue(strings: strings) {
        return (.txt, .txt(value))
      }
      return unsafe (.txt, .other(type: "TXT", text: text(record, count)))
    default:
      let name = unsafe taking(ldns_rr_type2str(type))
      return unsafe (RecordType(parsing: name), .other(type: name, text: text(record, count)))
    }
  }

  private static func text(_ record: UnsafeMutablePointer<ldns_rr>, _ count: Int) -> String {
    (0..<count).map { unsafe taking(ldns_rdf2str(ldns_rr_rdf(record, $0))) }.joined(separator: " ")
  }

  /// A copy of a C string, which is freed.
  static func taking(_ text: UnsafeMutablePointer<CChar>?) -> String {
    guard let text = unsafe text else { return "" }
    defer { unsafe free(text) }
    return unsafe String(cString: text)
  }
}

extension WireName {
  /// Whether a field has these octets.
  fileprivate static func isEqual(
    _ field: UnsafeMutablePointer<ldns_rdf>, _ octets: [UInt8]
  ) -> Bool {
    let count = unsafe ldns_rdf_size(field)
    guard count == octets.count, let data = unsafe ldns_rdf_data(field) else { return false }
    return unsafe octets.elementsEqual(UnsafeBufferPointer(start: data, count: count))
  }

  /// A field's octets as a number, the highest first.
  fileprivate static func number<Number: FixedWidthInteger>(
    _ field: UnsafeMutablePointer<ldns_rdf>
  ) -> Number {
    guard let data = unsafe ldns_rdf_data(field) else { return 0 }
    return unsafe UnsafeBufferPointer(start: data, count: ldns_rdf_size(field))
      .reduce(0) { $0 << 8 | Number($1) }
  }

  /// A copy of a field's octets.
  fileprivate static func bytes(_ field: UnsafeMutablePointer<ldns_rdf>) -> [UInt8] {
    let count = unsafe ldns_rdf_size(field)
    guard let data = unsafe ldns_rdf_data(field) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: data, count: count))
  }
}

/// Names as ldns reads them.
enum LDNSName {
  /// The name in lower case and in presentation form, without a trailing dot; `.` for the root, nil
  /// for what is no name.
  static func canonical(_ text: String) -> String? {
    guard !text.utf8.contains(0), let name = unsafe ldns_dname_new_frm_str(text) else { return nil }
    defer { unsafe ldns_rdf_deep_free(name) }
    let absolute = unsafe WireName.text(WireName.bytes(name))
    return absolute == "." ? absolute : String(absolute.dropLast())
  }
}

/// The data of records in presentation form.
enum LDNSPresentation {
  /// Nil where the text is not the one way of writing data of the type.
  static func data(_ type: RecordType, _ text: String) -> RecordData? {
    guard !text.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E }) else { return nil }
    var record: UnsafeMutablePointer<ldns_rr>? = nil
    let status = unsafe ldns_rr_new_frm_str(&record, ". 0 IN \(type) \(text)", 0, nil, nil)
    guard status == LDNS_STATUS_OK, let record = unsafe record else { return nil }
    defer { unsafe ldns_rr_free(record) }
    guard let (kind, data) = unsafe LDNSData.read(record, ldns_rr_get_type(record)), kind == type,
      data.presentation == text
    else { return nil }
    return data
  }
}

/// Messages of the DNS (RFC 1035 §4) in wire form.
enum LDNSMessage {
  /// How many records a message may have; one of 64 KiB could have five thousand.
  private static let recordLimit = 2000

  /// A query in wire form; nil where the name is none.
  ///
  /// - Parameter payload: the largest UDP answer, in octets (RFC 6891); nil to say nothing of it.
  static func query(
    _ question: DNSQuestion, id: UInt16, recursion: Bool, payload: UInt16?
  ) -> [UInt8]? {
    guard let type = type(question.type), !question.name.utf8.contains(0),
      let name = unsafe ldns_dname_new_frm_str(question.name)
    else { return nil }
    // The packet owns the name from here on.
    guard
      let packet = unsafe ldns_pkt_query_new(
        name, type, LDNS_RR_CLASS_IN, recursion ? UInt16(LDNS_RD) : 0)
    else { return nil }
    defer { unsafe ldns_pkt_free(packet) }
    unsafe ldns_pkt_set_id(packet, id)
    if let payload { unsafe ldns_pkt_set_edns_udp_size(packet, payload) }
    var wire: UnsafeMutablePointer<UInt8>? = nil
    var size = 0
    guard unsafe ldns_pkt2wire(&wire, packet, &size) == LDNS_STATUS_OK, let wire = unsafe wire
    else { return nil }
    defer { unsafe free(wire) }
    return unsafe Array(UnsafeBufferPointer(start: wire, count: size))
  }

  /// Nil where the bytes are no message, or more than one may have.
  static func read(_ bytes: [UInt8]) -> DNSMessage? {
    guard (12...65535).contains(bytes.count) else { return nil }
    func number(_ place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }
    guard number(4) <= 1, number(6) + number(8) + number(10) <= recordLimit else { return nil }
    var packet: UnsafeMutablePointer<ldns_pkt>? = nil
    let status = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe ldns_wire2pkt(&packet, buffer.baseAddress, buffer.count)
    }
    guard status == LDNS_STATUS_OK, let packet = unsafe packet else { return nil }
    defer { unsafe ldns_pkt_free(packet) }
    var question: DNSQuestion?
    if let list = unsafe ldns_pkt_question(packet), unsafe ldns_rr_list_rr_count(list) == 1,
      let record = unsafe ldns_rr_list_rr(list, 0), let owner = unsafe ldns_rr_owner(record),
      unsafe ldns_rr_get_class(record) == LDNS_RR_CLASS_IN
    {
      question = unsafe DNSQuestion(
        WireName.text(WireName.bytes(owner)),
        RecordType(parsing: LDNSData.taking(ldns_rr_type2str(ldns_rr_get_type(record)))))
    }
    return unsafe DNSMessage(
      id: UInt16(number(0)), isResponse: bytes[2] & 0x80 != 0,
      isQuery: bytes[2] & 0x78 == 0, isAuthoritative: ldns_pkt_aa(packet) != 0,
      isTruncated: ldns_pkt_tc(packet) != 0, code: Int(bytes[3] & 0x0F), question: question,
      answers: records(ldns_pkt_answer(packet)), authority: records(ldns_pkt_authority(packet)))
  }

  private static func records(
    _ list: UnsafeMutablePointer<ldns_rr_list>?
  ) -> [DNSMessage.Record] {
    guard let list = unsafe list else { return [] }
    return unsafe (0..<ldns_rr_list_rr_count(list)).compactMap { index in
      guard let record = unsafe ldns_rr_list_rr(list, index),
        let owner = unsafe ldns_rr_owner(record),
        unsafe ldns_rr_get_class(record) == LDNS_RR_CLASS_IN
      else { return nil }
      let type = unsafe ldns_rr_get_type(record)
      guard types.contains(where: { $0.1 == type }),
        let (kind, data) = unsafe LDNSData.read(record, type)
      else { return nil }
      let name = unsafe DNSQuestion(WireName.text(WireName.bytes(owner)), kind).name
      // A TTL beyond the greatest counts as none (RFC 2181 §8).
      let ttl = unsafe TTL(ldns_rr_ttl(record)) ?? TTL(clamping: 0)
      return DNSMessage.Record(name: name, type: kind, ttl: ttl, data: data)
    }
  }

  private static func type(_ type: RecordType) -> ldns_rr_type? {
    types.first { $0.0 == type }?.1
  }

  private static let types: [(RecordType, ldns_rr_type)] = [
    (.a, LDNS_RR_TYPE_A), (.aaaa, LDNS_RR_TYPE_AAAA), (.cname, LDNS_RR_TYPE_CNAME),
    (.mx, LDNS_RR_TYPE_MX), (.ns, LDNS_RR_TYPE_NS), (.soa, LDNS_RR_TYPE_SOA),
    (.txt, LDNS_RR_TYPE_TXT),
  ]
}

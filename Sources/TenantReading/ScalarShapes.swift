internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording
internal import YAMLTree

/// What a parser of text says of a text that it refuses.
struct Refusal {
  let code: DiagnosticCode
  let message: LocalizedText
  let help: LocalizedText?
  /// The text that was meant, where there is one right answer or a good guess.
  let correction: String?
  let isGuess: Bool
  /// Whether what was meant is a date or time, which needs no quotes here.
  let isTime: Bool

  init(
    _ code: DiagnosticCode, _ message: LocalizedText, help: LocalizedText? = nil,
    correction: String? = nil, isGuess: Bool = false, isTime: Bool = false
  ) {
    self.isGuess = isGuess
    self.isTime = isTime
    self.code = code
    self.message = message
    self.help = help
    self.correction = correction
  }
}

enum Parsed<Value> {
  case value(Value)
  case refused(Refusal)
}

/// Text that `parse` understands.
///
/// - Parameters:
///   - form: its longest text is mgc's own limit, so that nothing in an artifact grows without
///     bounds.
///   - plain: what a plain scalar may resolve to besides text.
func text<Value>(
  _ form: TextForm, plain: PlainType? = nil, parse: @escaping @Sendable (String) -> Parsed<Value>
) -> Shape<Value> {
  Shape(schema: .text(form)) { node, decoder in
    guard let string = decoder.text(of: node, maximum: form.maximumLength, plain: plain) else {
      return nil
    }
    switch parse(string) {
    case .value(let value): return value
    case .refused(let refusal):
      decoder.add(.refused(refusal, at: node.span))
      return nil
    }
  }
}

extension Decoder {
  /// The text of a scalar, after what is asked of any text.
  mutating func text(of node: YAMLNode, maximum: Int, plain: PlainType?) -> String? {
    guard node.kind == .scalar else {
      add(.wrongKind(expected: .text, at: node))
      return nil
    }
    let string = node.text()
    if node.isPlain, node.resolved != .string, node.resolved != plain {
      add(.ambiguousText(string, type: node.resolved, at: node.span))
      return nil
    }
    if let hidden = string.unicodeScalars.first(where: \.isHidden) {
      add(.hiddenCharacter(hidden, in: string, at: node.span))
      return nil
    }
    if string.isEmpty {
      add(.emptyText(at: node.span))
      return nil
    }
    if string.unicodeScalars.count > maximum {
      add(.tooLong(count: string.unicodeScalars.count, maximum: maximum, at: node.span))
      return nil
    }
    return string
  }
}

/// Free text of one line.
func line(_ examples: [String], maximum: Int = 200) -> Shape<TextLine> {
  text(.line(examples, maximum: maximum)) { string in
    // Hidden and empty text has been refused before.
    TextLine(string).map { .value($0) } ?? .refused(.notALine)
  }
}

/// A word of an enumeration whose raw values are the words.
func word<Value: RawRepresentable<String> & CaseIterable & Sendable>(
  _ about: (Value) -> LocalizedText
) -> Shape<Value> {
  choice(Value.allCases.map { (Schema.Value(word: $0.rawValue, about: about($0)), $0) })
}

/// A whole number in decimal notation.
func integer(_ range: ClosedRange<Int>) -> Shape<Int> {
  Shape(schema: .integer(range)) { node, decoder in
    guard node.kind == .scalar else {
      decoder.add(.wrongKind(expected: .integer, at: node))
      return nil
    }
    let string = node.text()
    guard let number = Int(string), String(number) == string else {
      decoder.add(.notAnInteger(string, at: node.span))
      return nil
    }
    guard node.isPlain else {
      decoder.add(.quotedNumber(string, at: node.span))
      return nil
    }
    guard range.contains(number) else {
      decoder.add(.outOfRange(number, range, at: node.span))
      return nil
    }
    return number
  }
}

/// `true` or `false`, as YAML 1.2 writes them.
let boolean = Shape<Bool>(schema: .boolean) { node, decoder in
  if node.kind == .scalar, node.isPlain {
    switch node.text() {
    case "true": return true
    case "false": return false
    default: break
    }
  }
  decoder.add(.notABoolean(node))
  return nil
}

let domainName = Shape<DomainName>(
  schema: .text(.domain)
) { node, decoder in
  guard let string = decoder.text(of: node, maximum: 255, plain: nil) else { return nil }
  return decoder.domain(string, whole: string, at: node.span)
}

extension Decoder {
  /// A domain name that stands in `whole`, which the finding quotes.
  mutating func domain(_ string: String, whole: String, at span: SourceSpan) -> DomainName? {
    if let recentDomain, recentDomain.ascii == string { return recentDomain }
    do throws(DomainNameError) {
      let domain = try DomainName(parsing: string)
      recentDomain = domain
      return domain
    } catch {
      add(.refused(.domain(whole, error), at: span))
      return nil
    }
  }
}

let emailAddress = Shape<EmailAddress>(
  schema: .text(.email)
) { node, decoder in
  if let scanned = decoder.scannedAddress(node) { return scanned }
  guard let string = decoder.text(of: node, maximum: 320, plain: nil) else { return nil }
  do throws(EmailAddressError) {
    return try EmailAddress(parsing: string)
  } catch {
    decoder.add(.refused(.email(string, error), at: node.span))
    return nil
  }
}

/// A list of addresses, as `list(of: emailAddress.located)` reads it. It is the one list that has a
/// hundred thousand elements, so it is written out without generics.
let emailAddresses = Shape<[Located<EmailAddress>]>(
  schema: .list(of: emailAddress.schema, minimumCount: 0)
) { node, decoder in
  guard decoder.isList(node) else { return nil }
  var addresses: [Located<EmailAddress>] = []
  addresses.reserveCapacity(node.count)
  for item in node.elements {
    if let address = decoder.scannedAddress(item) ?? decoder.value(of: item, emailAddress) {
      addresses.append(Located(address, at: item.span))
    }
  }
  return addresses
}

extension Decoder {
  /// The address of a scalar that is plainly one; nil for all others, valid or not. No text is made
  /// of the whole, and a domain that was just seen is not read again.
  fileprivate mutating func scannedAddress(_ node: YAMLNode) -> EmailAddress? {
    let recent = recentDomain
    let scanned: EmailAddress? = node.withUTF8Span { bytes in
      // What `scan` accepts is ASCII.
      guard let at = EmailAddress.scan(bytes),
        let text = try? UTF8Span(validating: bytes.extracting(0..<at))
      else { return nil }
      let local = String(copying: text)
      if let recent, bytes.equals(recent.ascii, from: at + 1) {
        return EmailAddress(scannedLocalPart: local, domain: recent)
      }
      return DomainName(validatedLowercaseASCII: bytes.extracting((at + 1)..<bytes.count))
        .map { EmailAddress(scannedLocalPart: local, domain: $0) }
    }
    if let scanned { recentDomain = scanned.domain }
    return scanned
  }
}

extension Span<UInt8> {
  /// Whether the bytes from an index to the end are those of a text.
  fileprivate func equals(_ text: String, from start: Int) -> Bool {
    let other = text.utf8.span
    guard other.count == count - start else { return false }
    for index in other.indices where self[start + index] != other[index] { return false }
    return true
  }
}

let addressPattern = text(.addressPattern) { string -> Parsed<AddressPattern> in
  do throws(AddressPatternError) {
    return .value(try AddressPattern(parsing: string))
  } catch {
    return .refused(.addressPattern(string, error))
  }
}

let prefix = text(.prefix) { string -> Parsed<IPPrefix> in
  do throws(IPPrefixError) {
    return .value(try IPPrefix(parsing: string))
  } catch {
    return .refused(.prefix(string, error))
  }
}

let identifier = text(.identifier) { string in
  Identifier(string).map { Parsed.value($0) } ?? .refused(.identifier(string))
}

let groupPath = text(.groupPath) { string in
  GroupPath(string).map { Parsed.value($0) } ?? .refused(.groupPath(string))
}

let httpsAddress = text(.httpsAddress) { string in
  HTTPSAddress(string).map { Parsed.value($0) } ?? .refused(.httpsAddress(string))
}

let headerName = text(.headerName) { string in
  HeaderName(string).map { Parsed.value($0) } ?? .refused(.headerName(string))
}

let certificateName = text(.certificate) { string -> Parsed<CertificateName> in
  let isWildcard = string.hasPrefix("*.")
  let rest = isWildcard ? String(string.dropFirst(2)) : string
  do throws(DomainNameError) {
    return .value(CertificateName(domain: try DomainName(parsing: rest), isWildcard: isWildcard))
  } catch {
    return .refused(.domain(string, error))
  }
}

let spfTerm = text(.spfTerm) { string -> Parsed<SPFTerm> in
  do throws(SPFParseError) {
    let record = try SPFRecord(parsing: "v=spf1 " + string)
    guard record.terms.count == 1, let term = record.terms.first else {
      return .refused(.severalSPFTerms(string))
    }
    return .value(term)
  } catch {
    return .refused(.spfTerm(string, error))
  }
}

let dkimSelector = text(.dkimSelector) { string in
  DKIMSelector(parsing: string).map { Parsed.value($0) } ?? .refused(.dkimSelector(string))
}

let reportURI = text(.reportURI) { string -> Parsed<ReportURI> in
  do throws(ReportURIError) {
    return .value(try ReportURI(parsing: string))
  } catch {
    return .refused(.reportURI(string))
  }
}

let calendarDate = text(.date, plain: .date) { string in
  CalendarDate(parsing: string).map { Parsed.value($0) } ?? .refused(.date(string))
}

let timestamp = text(.timestamp, plain: .timestamp) { string in
  Timestamp(parsing: string).map { Parsed.value($0) } ?? .refused(.timestamp(string))
}

/// A path; the file is read later, by the edge.
let fileReference = Shape<Located<FileReference>>(
  schema: .text(.file)
) { node, decoder in
  guard let string = decoder.text(of: node, maximum: 255, plain: nil) else { return nil }
  do throws(FileReference.Problem) {
    let reference = Located(try FileReference(string), at: node.span)
    decoder.references.append(reference)
    return reference
  } catch {
    decoder.add(.refused(.reference(string, error), at: node.span))
    return nil
  }
}

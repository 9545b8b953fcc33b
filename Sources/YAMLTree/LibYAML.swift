internal import CLibYAML

// The only file that knows libyaml, and the only one with unsafe code in this room.

/// What libyaml found next. Marks count Unicode scalars from the file's start.
struct LibYAMLEvent {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias, scalar, sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  enum Style {
    case plain, singleQuoted, doubleQuoted, block, flow
  }

  var kind: Kind
  var style = Style.plain
  var start: Int
  var end: Int
  /// Whether start and end are on one line.
  var isOneLine: Bool
  var hasTag = false
  /// Whether `%YAML` or `%TAG` stands before the document.
  var hasDirective = false
  /// An alias's or anchor's name.
  var anchor: String?
}

/// Why libyaml gave up, in its own words. A mark of nil means that it named no place.
struct LibYAMLError {
  enum Stage { case reader, scanner, parser, memory }

  var stage: Stage
  var problem: String
  var problemMark: Int
  var context: String
  var contextMark: Int?
}

/// Takes events as they come; false ends the reading.
protocol LibYAMLSink {
  /// `value` is a scalar's decoded text, and empty for other events.
  mutating func accept(_ event: LibYAMLEvent, _ value: Span<UInt8>) -> Bool
}

enum LibYAML {
  /// Sends the events of UTF-8 bytes to the sink, until the end, a mistake, or the sink's no.
  static func parse(_ bytes: [UInt8], into sink: inout some LibYAMLSink) -> LibYAMLError? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { unsafe parser.deallocate() }
    guard unsafe yaml_parser_initialize(parser) == 1 else { return .outOfMemory }
    defer { unsafe yaml_parser_delete(parser) }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      var event = unsafe yaml_event_t()
      while true {
        guard unsafe yaml_parser_parse(parser, &event) == 1 else {
          return unsafe LibYAMLError(parser.pointee)
        }
        let goesOn = unsafe send(event, to: &sink)
        let isLast = unsafe event.type == YAML_STREAM_END_EVENT
        unsafe yaml_event_delete(&event)
        if !goesOn || isLast { return nil }
      }
    }
  }

  @inline(__always)
  private static func send(_ raw: yaml_event_t, to sink: inout some LibYAMLSink) -> Bool {
    var event = unsafe LibYAMLEvent(
      kind: .scalar, start: Int(raw.start_mark.index), end: Int(raw.end_mark.index),
      isOneLine: raw.start_mark.line == raw.end_mark.line)
    switch unsafe raw.type {
    case YAML_SCALAR_EVENT:
      let scalar = unsafe raw.data.scalar
      event.style =
        switch unsafe scalar.style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .plain
        }
      unsafe event.anchor = text(scalar.anchor)
      event.hasTag = unsafe scalar.tag != nil
      let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return unsafe sink.accept(event, value.span)
    case YAML_SEQUENCE_START_EVENT:
      event.kind = .sequenceStart
      unsafe event.anchor = text(raw.data.sequence_start.anchor)
      unsafe event.hasTag = raw.data.sequence_start.tag != nil
      unsafe event.style =
        raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block
    case YAML_MAPPING_START_EVENT:
      event.kind = .mappingStart
      unsafe event.anchor = text(raw.data.mapping_start.anchor)
      unsafe event.hasTag = raw.data.mapping_start.tag != nil
      unsafe event.style =
        raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block
    case YAML_SEQUENCE_END_EVENT: event.kind = .sequenceEnd
    case YAML_MAPPING_END_EVENT: event.kind = .mappingEnd
    case YAML_ALIAS_EVENT:
      event.kind = .alias
      unsafe event.anchor = text(raw.data.alias.anchor)
    case YAML_DOCUMENT_START_EVENT:
      event.kind = .documentStart
      let start = unsafe raw.data.document_start
      unsafe event.hasDirective =
        start.version_directive != nil
        || start.tag_directives.start != start.tag_directives.end
    case YAML_DOCUMENT_END_EVENT: event.kind = .documentEnd
    case YAML_STREAM_START_EVENT: event.kind = .streamStart
    default: event.kind = .streamEnd
    }
    let none = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    return unsafe sink.accept(event, none.span)
  }

  @inline(__always)
  private static func text(_ string: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let string = unsafe string else { return nil }
    return unsafe String(cString: string)
  }
}

extension LibYAMLError {
  fileprivate static let outOfMemory = LibYAMLError(
    stage: .memory, problem: "", problemMark: 0, context: "", contextMark: nil)

  fileprivate init(_ parser: yaml_parser_t) {
    stage =
      switch unsafe parser.error {
      case YAML_READER_ERROR: .reader
      case YAML_SCANNER_ERROR: .scanner
      case YAML_PARSER_ERROR: .parser
      default: .memory
      }
    problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? ""
    problemMark = unsafe Int(parser.problem_mark.index)
    context = unsafe parser.context.map { unsafe String(cString: $0) } ?? ""
    contextMark = unsafe parser.context == nil ? nil : Int(parser.context_mark.index)
  }
}

extension Span where Element == UInt8 {
  /// The eight bytes from `index`, the first in the lowest place; traps where they do not exist.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    precondition(index >= 0 && index <= count &- 8)
    return unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
  }
}

import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowed(text: String) -> CSVTable { CSVTable(header: ["a"], rows: [[CSVCell(text) ?? ""]]) }

func literal(text: String) -> CSVCell {
  CSVCell(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func interpolation(text: String) -> CSVCell {
  "a\(text)"  // expected-error {{cannot convert return expression of type 'String'}}
}

func unchecked(text: String) -> CSVCell {
  CSVCell(text)  // expected-error {{must be unwrapped}}
  // expected-note@-1 * {{}}
}

func header(text: String) -> CSVTable {
  CSVTable(header: [text], rows: [])  // expected-error {{cannot convert value of type 'String'}}
}

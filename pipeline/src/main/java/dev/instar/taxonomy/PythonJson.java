package dev.instar.taxonomy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a plain JSON array of objects byte for byte as Python's {@code json.dump(rows, file,
 * indent=4)} does, which the reference's {@code .jsonld} files come from: ASCII only, no line end
 * behind the last bracket. Not thread-safe.
 */
final class PythonJson {
  private final OutputStream out;
  private final StringBuilder text = new StringBuilder();
  private boolean rows;
  private boolean fields;

  PythonJson(OutputStream out) {
    this.out = out;
    text.append('[');
  }

  PythonJson startRow() {
    text.append(rows ? ",\n    {" : "\n    {");
    rows = true;
    fields = false;
    return this;
  }

  private void name(String name) {
    text.append(fields ? ",\n        " : "\n        ");
    fields = true;
    quote(name);
    text.append(": ");
  }

  PythonJson field(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  PythonJson nullField(String name) {
    name(name);
    text.append("null");
    return this;
  }

  PythonJson arrayField(String name, List<String> values) {
    name(name);
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      text.append(i > 0 ? ",\n            " : "\n            ");
      quote(values.get(i));
    }
    text.append("\n        ]");
    return this;
  }

  void endRow() throws IOException {
    text.append(fields ? "\n    }" : "}");
    drain();
  }

  void finish() throws IOException {
    text.append(rows ? "\n]" : "]");
    drain();
  }

  private void drain() throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    text.setLength(0);
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c >= 0x20 && c < 0x80) {
            text.append(c);
          } else {
            text.append(String.format("\\u%04x", (int) c));
          }
        }
      }
    }
    text.append('"');
  }
}

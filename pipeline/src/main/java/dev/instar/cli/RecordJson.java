package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.Pack;
import java.util.Locale;

/** A record of a pack as a line of JSON. */
final class RecordJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RecordJson() {}

  static String of(Pack pack, int index) {
    ImageRecord record = pack.record(index);
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", record.name()).put("part", record.part());
    put(json, "size", record.size());
    put(json, "original_size", record.original());
    Region box = record.box();
    json.putArray("box").add(box.x()).add(box.y()).add(box.width()).add(box.height());
    json.put("bytes", pack.length(index));
    json.put("crc32c", String.format(Locale.ROOT, "%08x", pack.crc32c(index)));
    json.put("area_fraction", record.areaFraction());
    return json.put("scale_factor", record.scaleFactor()).toString();
  }

  private static void put(ObjectNode json, String name, Size size) {
    json.putArray(name).add(size.width()).add(size.height());
  }
}

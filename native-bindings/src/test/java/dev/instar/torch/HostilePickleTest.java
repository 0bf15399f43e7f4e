package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Pickles made to take all memory, all time or the stack are refused before they do. */
final class HostilePickleTest {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private HostilePickleTest add(String operations) {
    pickle.writeBytes(operations.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  private HostilePickleTest repeat(int times, String operations) {
    return add(operations.repeat(times));
  }

  private AbstractThrowableAssert<?, ?> refusal(Fault fault) {
    Refusal refusal = new Refusal(Path.of("hostile.pth"));
    ByteBuffer bytes = ByteBuffer.wrap(pickle.toByteArray());
    return assertThatThrownBy(
            () -> CheckpointTree.of(new PickleReader(bytes, refusal).read(), refusal))
        .isInstanceOfSatisfying(InputException.class, e -> assertThat(e.fault()).isEqualTo(fault))
        .hasMessageStartingWith("hostile.pth ");
  }

  @Test
  void millionsOfDictionaries() {
    add("\u0080\2(").repeat(3_000_000, "}\u0094").add("l.");
    refusal(Fault.TOO_MANY_BYTES).hasMessageContaining("steps");
  }

  @Test
  void aListThatDoublesFortyTimes() {
    add("\u0080\2]\u0094(K\1K\2e");
    for (int i = 1; i < 40; i++) {
      add("0]\u0094(h" + (char) (i - 1) + "h" + (char) (i - 1) + "e");
    }
    add(".");
    refusal(Fault.TOO_MANY_BYTES);
  }

  @Test
  void aListInItself() {
    add("\u0080\2]q\0h\0a.");
    refusal(Fault.TOO_MANY_BYTES).hasMessageContaining("in itself");
  }

  @Test
  void aTupleHundredsOfThousandsDeep() {
    add("\u0080\2N").repeat(500_000, "\u0085").add(".");
    refusal(Fault.TOO_MANY_BYTES).hasMessageContaining("nested");
  }

  @Test
  void aLongListThatIsCopiedAgainAndAgain() {
    add("\u0080\2](")
        .repeat(100_000, "K\1")
        .add("eq\0")
        .repeat(100_000, "ctorch\nSize\nh\0\u0085R");
    refusal(Fault.TOO_MANY_BYTES).hasMessageContaining("steps");
  }

  @Test
  void aLongTextThatIsEncodedAgainAndAgain() {
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(1_000_000);
    add("\u0080\2X" + new String(length.array(), StandardCharsets.ISO_8859_1));
    repeat(1_000_000, "a").add("q\0").repeat(10_000, "c_codecs\nencode\nh\0\u0085R");
    refusal(Fault.TOO_MANY_BYTES).hasMessageContaining("steps");
  }

  @Test
  void textLongerThanTheFile() {
    add("\u0080\2X\u00ff\u00ff\u00ff\u00ff");
    refusal(Fault.CORRUPT).hasMessageContaining("cut short");
  }

  @Test
  void aClassCalledThroughNewInsteadOfReduce() {
    add("\u0080\2cposix\nsystem\n)\u0081.");
    refusal(Fault.UNSUPPORTED).hasMessageContaining("asks for posix.system");
  }

  @Test
  void aFunctionNamedOnTheStack() {
    add("\u0080\4\u008c\2os\u008c\6system\u0093.");
    refusal(Fault.UNSUPPORTED).hasMessageContaining("asks for os.system");
  }

  @Test
  void aNameWithTerminalCodes() {
    add("\u0080\2cos\n\33[2Jsystem\n.");
    refusal(Fault.UNSUPPORTED).hasMessageContaining("os.?[2Jsystem");
  }

  @Test
  void aClassOfTensorsUsedAsAFunction() {
    add("\u0080\2ctorch\nFloatStorage\n)R.");
    refusal(Fault.UNSUPPORTED).hasMessageContaining("torch.FloatStorage to be called");
  }

  @Test
  void operationsOfTheOldestProtocols() {
    add("\u0080\2(S'ls'\nios\nsystem\n.");
    refusal(Fault.UNSUPPORTED).hasMessageContaining("operation 0x53");
  }
}

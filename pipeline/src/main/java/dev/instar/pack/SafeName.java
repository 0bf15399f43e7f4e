package dev.instar.pack;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The one rule for names that become keys and files.
 *
 * <p>A safe name is valid Unicode of 1 to {@value #LONGEST_NAME} UTF-8 bytes, made of components of
 * 1 to {@value #LONGEST_COMPONENT} bytes between single slashes. No component is {@code .} or
 * {@code ..}; there is no leading slash, drive letter, backslash or control character.
 */
public final class SafeName {
  /** The longest name, in UTF-8 bytes. */
  public static final int LONGEST_NAME = 1024;

  /**
   * The longest stretch between slashes, in UTF-8 bytes: what Linux file systems take as one file
   * name.
   */
  public static final int LONGEST_COMPONENT = 255;

  private SafeName() {}

  /**
   * Checks a name and gives its UTF-8 bytes.
   *
   * @throws UnsafeNameException if the name breaks the rule; the message says how
   */
  public static byte[] utf8(String name) throws UnsafeNameException {
    byte[] bytes = encode(name);
    if (bytes.length == 0) {
      throw unsafe(name, "is empty");
    }
    if (bytes.length > LONGEST_NAME) {
      throw unsafe(
          name, "has " + bytes.length + " bytes, at most " + LONGEST_NAME + " are allowed");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c)) {
        throw unsafe(name, "has the control character " + (int) c);
      }
      if (c == '\\') {
        throw unsafe(name, "has a backslash");
      }
    }
    if (bytes.length >= 2 && bytes[1] == ':' && isLetter(bytes[0])) {
      throw unsafe(name, "begins with a drive letter");
    }
    checkComponents(name, bytes);
    return bytes;
  }

  /**
   * Checks a name and gives it back.
   *
   * @throws UnsafeNameException if the name breaks the rule; the message says how
   */
  public static String check(String name) throws UnsafeNameException {
    utf8(name);
    return name;
  }

  private static void checkComponents(String name, byte[] bytes) throws UnsafeNameException {
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i < bytes.length && bytes[i] != '/') {
        continue;
      }
      int length = i - start;
      if (length == 0) {
        throw unsafe(name, start == 0 ? "is an absolute path" : "has an empty folder or file name");
      }
      if (length > LONGEST_COMPONENT) {
        throw unsafe(name, "has a component of " + length + " bytes");
      }
      boolean dots = bytes[start] == '.' && (length == 1 || length == 2 && bytes[start + 1] == '.');
      if (dots) {
        throw unsafe(name, "has the component " + ".".repeat(length));
      }
      start = i + 1;
    }
  }

  private static byte[] encode(String name) throws UnsafeNameException {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw unsafe(name, "is not valid Unicode");
    }
  }

  private static boolean isLetter(byte b) {
    return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  private static UnsafeNameException unsafe(String name, String why) {
    return new UnsafeNameException("the name \"" + Printable.of(name) + "\" " + why);
  }
}

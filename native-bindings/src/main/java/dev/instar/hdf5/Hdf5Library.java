package dev.instar.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5E_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5E_WALK_UPWARD;
import static org.bytedeco.hdf5.global.hdf5.H5Eclear2;
import static org.bytedeco.hdf5.global.hdf5.H5Eset_auto2;
import static org.bytedeco.hdf5.global.hdf5.H5Ewalk2;
import static org.bytedeco.hdf5.global.hdf5.H5F_OBJ_ALL;
import static org.bytedeco.hdf5.global.hdf5.H5Fget_obj_count;
import static org.bytedeco.hdf5.global.hdf5.H5open;

import dev.instar.device.NativeLibrary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.hdf5.H5E_error2_t;
import org.bytedeco.hdf5.H5E_walk2_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * The HDF5 C library, which is built without thread safety: whoever calls any of its functions,
 * closing included, holds {@link #LOCK}.
 *
 * <p>It only ever writes new files: see the package's description for why it reads none.
 */
final class Hdf5Library {
  /** Guards every call of the library in this process. */
  static final Object LOCK = new Object();

  private static final String LIBRARY = "libhdf5.so.310";

  private static final List<String> MESSAGES = new ArrayList<>();
  // One for the life of the process: JavaCPP compiles in room for ten callbacks of a type.
  private static final H5E_walk2_t COLLECT =
      new H5E_walk2_t() {
        @Override
        public int call(int depth, H5E_error2_t error, Pointer unused) {
          BytePointer description = error.desc();
          if (description != null && !description.isNull()) {
            MESSAGES.add(description.getString(StandardCharsets.UTF_8).replaceAll("\\s+", " "));
          }
          return 0;
        }
      };

  private static final long OWN_TYPES;
  private static boolean abandoned;

  static {
    synchronized (LOCK) {
      // Fills in the library's type and class identifiers, which are read with the _g() functions.
      NativeLibrary.HDF5.load();
      H5open();
      // The error stack belongs to the process here, so one call quiets every thread.
      H5Eset_auto2(H5E_DEFAULT, null, null);
      OWN_TYPES = H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL);
    }
  }

  private Hdf5Library() {}

  /** An identifier that the library gave out, returned by {@code closer}. */
  record Handle(Path file, String operation, long id, Closer closer) implements AutoCloseable {
    /** Fails where what was buffered cannot be written. */
    @Override
    public void close() throws Hdf5Exception {
      check(file, operation, closer.close(id));
    }
  }

  /** One of the library's close functions. */
  interface Closer {
    int close(long id);
  }

  /** Wraps a fresh identifier; a negative one is a failure. */
  static Handle handle(Path file, String operation, long id, Closer closer) throws Hdf5Exception {
    if (id < 0) {
      throw failure(file, operation);
    }
    return new Handle(file, operation, id, closer);
  }

  /** Turns a negative return code into an exception. */
  static void check(Path file, String operation, int status) throws Hdf5Exception {
    if (status < 0) {
      throw failure(file, operation);
    }
  }

  private static Hdf5Exception failure(Path file, String operation) {
    MESSAGES.clear();
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, COLLECT, null);
    H5Eclear2(H5E_DEFAULT);
    abandonAtExit();
    String message = "the library gave no reason";
    if (!MESSAGES.isEmpty()) {
      String cause = MESSAGES.get(0);
      String outermost = MESSAGES.get(MESSAGES.size() - 1);
      message = outermost.equals(cause) ? cause : outermost + " (" + cause + ")";
    }
    return new Hdf5Exception(file, operation, message);
  }

  /** A NUL-terminated copy in UTF-8; closed with the caller's pointer scope. */
  static BytePointer text(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name or text with a NUL inside");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new BytePointer(bytes.length + 1L).put(bytes).put(bytes.length, (byte) 0);
  }

  /**
   * Keeps the library from cleaning up when the process ends: to be called once a write has failed.
   *
   * <p>What a failed write leaves behind makes the cleaning up of 1.14.3 report an error to an
   * error stack that is gone by then, and so call itself until the process crashes. It does nothing
   * where it finds itself not initialized ({@code H5_term_library} in H5.c).
   */
  private static void abandonAtExit() {
    if (abandoned) {
      return;
    }
    abandoned = true;
    Path bindings = Path.of(Loader.load(org.bytedeco.hdf5.presets.hdf5.class));
    // Loaded already, for JavaCPP alone; its symbols are found only once they are global.
    Loader.loadGlobal(bindings.resolveSibling(LIBRARY).toString());
    Pointer initialized = Loader.addressof("H5_libinit_g");
    Pointer ending = Loader.addressof("H5_libterm_g");
    if (initialized != null && ending != null) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    // "Ending" first: else the next call of the C++ wrapper's would initialize it
                    // again.
                    new BytePointer(ending).put((byte) 1);
                    new BytePointer(initialized).put((byte) 0);
                  }));
    }
  }

  /**
   * How many identifiers are open beyond the library's own element types: what a leak test watches.
   */
  static long openObjects() {
    synchronized (LOCK) {
      return H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL) - OWN_TYPES;
    }
  }
}

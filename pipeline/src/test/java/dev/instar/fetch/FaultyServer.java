package dev.instar.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A web server on the loopback interface that does exactly what its script says, however wrong that
 * is.
 */
final class FaultyServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Function<Request, Answer> script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private FaultyServer(ServerSocket socket, Function<Request, Answer> script) {
    this.socket = socket;
    this.script = script;
  }

  /** Serves each request, in threads of its own, by what {@code script} answers. */
  static FaultyServer serving(Function<Request, Answer> script) throws IOException {
    FaultyServer server =
        new FaultyServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    Thread thread = new Thread(server::accept, "faulty-server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  String origin() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  URI uri(String path) {
    return URI.create(origin() + path);
  }

  /** The requests so far, in order of their arrival. */
  List<Request> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        Thread thread = new Thread(() -> serve(connection), "faulty-connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Request request = Request.read(new BufferedInputStream(connection.getInputStream()));
      requests.add(request);
      Answer answer = script.apply(request);
      connection.getOutputStream().write(answer.bytes());
      connection.getOutputStream().flush();
      while (!answer.ending.getAsBoolean() && !closed.await(5, TimeUnit.MILLISECONDS)) {
        // The connection stays as it is.
      }
    } catch (IOException e) {
      // The client went away, as it may.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }

  /**
   * What a client asked.
   *
   * @param target path and query
   * @param fields by name in lower case
   */
  record Request(String target, Map<String, String> fields) {
    static Request read(InputStream in) throws IOException {
      String first = line(in);
      Map<String, String> fields = new TreeMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      return new Request(first.split(" ")[1], fields);
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new IOException("the client closed the connection");
        }
        line.append((char) b);
      }
      return line.toString().strip();
    }

    String field(String name) {
      return fields.getOrDefault(name, "");
    }

    /** Where the asked range begins, 0 if none is asked for. */
    int offset() {
      String range = field("range");
      return range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    }
  }

  /** An answer, right or wrong, byte by byte. */
  static final class Answer {
    private final int status;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private byte[] body;
    private int cut = Integer.MAX_VALUE;
    private boolean chunked;
    private boolean measured = true;
    private BooleanSupplier ending = () -> true;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    static Answer of(int status, byte[] body) {
      return new Answer(status, body);
    }

    static Answer of(int status, String body) {
      return of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer page(String html) {
      return of(200, html).with("Content-Type", "text/html; charset=utf-8");
    }

    static Answer redirect(URI to) {
      return of(302, "").with("Location", to.toString());
    }

    /** What an honest server answers about {@code content}, ranges and their condition included. */
    static Answer file(Request request, byte[] content, String etag) {
      int offset = request.offset();
      String condition = request.field("if-range");
      boolean ranged = !request.field("range").isEmpty();
      if (!ranged || !condition.isEmpty() && !condition.equals(etag)) {
        return of(200, content).with("ETag", etag);
      }
      if (offset >= content.length) {
        return of(416, "").with("Content-Range", "bytes */" + content.length);
      }
      return of(206, Arrays.copyOfRange(content, offset, content.length))
          .with("ETag", etag)
          .with(
              "Content-Range",
              "bytes " + offset + "-" + (content.length - 1) + "/" + content.length);
    }

    Answer with(String name, String value) {
      fields.put(name, value);
      return this;
    }

    Answer without(String name) {
      fields.remove(name);
      return this;
    }

    /** Announces the whole body but ends the connection after {@code bytes} of it. */
    Answer cutAfter(int bytes) {
      cut = bytes;
      return this;
    }

    /** Falls silent instead of ending the connection. */
    Answer thenSilence() {
      return thenSilenceUntil(() -> false);
    }

    /** Sends nothing more, and ends the connection once {@code ending} holds. */
    Answer thenSilenceUntil(BooleanSupplier condition) {
      ending = condition;
      return this;
    }

    /** Sends the body in chunks, without its length. */
    Answer inChunks() {
      chunked = true;
      return this;
    }

    /** Sends the body without any sign of where it ends but the end of the connection. */
    Answer withoutLength() {
      measured = false;
      return this;
    }

    /** Flips one bit of the body. */
    Answer damagedAt(int index) {
      if (body.length > 0) {
        body = body.clone();
        body[index % body.length] ^= 4;
      }
      return this;
    }

    private byte[] bytes() {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
      fields.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      head.append("Connection: close\r\n");
      if (chunked) {
        head.append("Transfer-Encoding: chunked\r\n");
      } else if (measured) {
        head.append("Content-Length: ").append(body.length).append("\r\n");
      }
      head.append("\r\n");
      byte[] sent = Arrays.copyOf(body, Math.min(cut, body.length));
      List<byte[]> parts = new ArrayList<>();
      parts.add(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      if (chunked && sent.length > 0) {
        parts.add((Integer.toHexString(sent.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
      parts.add(sent);
      if (chunked) {
        String end = (sent.length > 0 ? "\r\n" : "") + (cut < body.length ? "" : "0\r\n\r\n");
        parts.add(end.getBytes(StandardCharsets.UTF_8));
      }
      return joined(parts);
    }

    private static byte[] joined(List<byte[]> parts) {
      byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
      int at = 0;
      for (byte[] part : parts) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      return all;
    }
  }
}

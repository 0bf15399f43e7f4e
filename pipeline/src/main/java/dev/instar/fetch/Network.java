package dev.instar.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * GET over HTTP/1.1 and 2, with redirects followed here: so that no token leaves the host that it
 * belongs to, no redirect leads from https to http, and what Hugging Face says on the way is kept.
 * Thread-safe.
 */
final class Network {
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final String HUGGING_FACE = "https://huggingface.co";

  private final HttpClient client;
  private final Proxies proxies;
  private final Map<String, String> tokens;
  private final Duration silence;

  /**
   * @param proxies to go through
   * @param tokens what to say in {@code Authorization: Bearer}, by origin such as {@code
   *     https://huggingface.co}
   * @param silence the longest wait for a connection, for an answer and between two bytes
   */
  Network(Proxies proxies, Map<String, String> tokens, Duration silence) {
    this.proxies = proxies;
    this.tokens = Map.copyOf(tokens);
    this.silence = silence;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(silence)
            .proxy(proxies)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER));
    proxies
        .authenticator()
        .ifPresent(
            authenticator -> {
              // Java refuses Basic towards proxies by default, the only scheme that most of them
              // know.
              if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
                System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
              }
              builder.authenticator(authenticator);
            });
    client = builder.build();
  }

  /**
   * The network as the environment of the process describes it: its proxies, and {@code HF_TOKEN}.
   */
  static Network of(Map<String, String> environment, Duration silence) {
    String token = environment.getOrDefault("HF_TOKEN", "").strip();
    if (!token.matches("[\\x21-\\x7e]*")) {
      throw new IllegalArgumentException("HF_TOKEN holds characters that no token has");
    }
    return new Network(
        Proxies.of(environment), token.isEmpty() ? Map.of() : Map.of(HUGGING_FACE, token), silence);
  }

  /** The longest wait for a connection, for an answer and between two bytes. */
  Duration silence() {
    return silence;
  }

  /**
   * Asks for {@code start} and follows where it leads.
   *
   * @param fields of the request, sent to every host on the way
   * @throws TransferException if it may go better another time
   * @throws FetchException if it will not
   */
  Reply get(URI start, Map<String, String> fields, Cancellation cancellation) throws IOException {
    URI uri = start;
    Optional<HttpHeaders> linked = Optional.empty();
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<BodyReader> response = send(uri, fields, cancellation);
      if (Reply.describesLinkedFile(response.headers())) {
        linked = Optional.of(response.headers());
      }
      if (!REDIRECTS.contains(response.statusCode())) {
        return new Reply(
            uri,
            response.statusCode(),
            response.headers(),
            isFramed(response),
            linked.orElse(response.headers()),
            response.body());
      }
      response.body().close();
      uri = redirected(uri, response.headers());
    }
    throw new FetchException(start.getHost() + " redirects in a circle");
  }

  private HttpResponse<BodyReader> send(
      URI uri, Map<String, String> fields, Cancellation cancellation) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("User-Agent", "instar")
            .header("Accept-Encoding", "identity");
    fields.forEach(request::header);
    String token = tokens.get(origin(uri));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (uri.getScheme().equalsIgnoreCase("http")) {
      request.version(Version.HTTP_1_1); // no attempt at an upgrade that old servers misread
    }
    CompletableFuture<HttpResponse<BodyReader>> answer =
        client.sendAsync(request.build(), info -> new BodyReader());
    boolean answered = false;
    try {
      HttpResponse<BodyReader> response = await(answer, uri, cancellation);
      answered = true;
      return response;
    } finally {
      if (!answered) {
        answer.cancel(true);
        answer.thenAccept(late -> late.body().close());
      }
    }
  }

  private HttpResponse<BodyReader> await(
      CompletableFuture<HttpResponse<BodyReader>> answer, URI uri, Cancellation cancellation)
      throws IOException {
    long end = System.nanoTime() + silence.toNanos();
    while (true) {
      cancellation.check();
      try {
        return answer.get(Cancellation.SLICE.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - end >= 0) {
          throw new TransferException(
              uri.getHost() + " did not answer for " + silence.toSeconds() + " s", e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      } catch (ExecutionException | CancellationException e) {
        throw explained(uri, e.getCause() == null ? e : e.getCause());
      }
    }
  }

  /** Whether a body without stated length shows where it ends. */
  private static boolean isFramed(HttpResponse<?> response) {
    return response.version() == Version.HTTP_2
        || response
            .headers()
            .firstValue("Transfer-Encoding")
            .filter(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"))
            .isPresent();
  }

  private IOException explained(URI uri, Throwable failure) {
    String host = described(uri);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return new TransferException.NoConnection(host + " has no address here", failure);
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return new TransferException.NoConnection(host + " takes no connection in time", failure);
      }
      if (cause instanceof CertificateException) {
        return new FetchException(
            "no trusted connection to " + host + " (" + cause.getMessage() + ")", failure);
      }
    }
    String message = String.valueOf(failure.getMessage());
    boolean refused =
        failure instanceof ConnectException
            || failure instanceof NoRouteToHostException
            || message.startsWith("Tunnel failed"); // what HttpClient says of a proxy's refusal
    String detail = failure.getMessage() == null ? "" : " (" + message + ")";
    return refused
        ? new TransferException.NoConnection(host + " takes no connection" + detail, failure)
        : new TransferException("the connection to " + host + " broke" + detail, failure);
  }

  /** The host, and the proxy on the way to it. */
  private String described(URI uri) {
    return proxies.select(uri).stream()
        .map(Proxy::address)
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .findFirst()
        .map(
            proxy ->
                uri.getHost()
                    + " through the proxy "
                    + proxy.getHostString()
                    + ":"
                    + proxy.getPort())
        .orElse(uri.getHost());
  }

  private static URI redirected(URI from, HttpHeaders headers) throws FetchException {
    String location =
        headers
            .firstValue("Location")
            .orElseThrow(() -> new FetchException(from.getHost() + " redirects to nowhere"));
    return followed(from, location);
  }

  /**
   * Where {@code location}, as a server wrote it, leads from {@code from}.
   *
   * @throws FetchException if that is no web address, or one without encryption after one with it
   */
  static URI followed(URI from, String location) throws FetchException {
    URI to;
    try {
      to = from.resolve(URI.create(location.strip().replace(" ", "%20")));
    } catch (IllegalArgumentException e) {
      throw new FetchException(from.getHost() + " redirects to something that is no address", e);
    }
    String scheme = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
    boolean weaker = from.getScheme().equalsIgnoreCase("https") && !scheme.equals("https");
    if (weaker || !Set.of("http", "https").contains(scheme) || to.getHost() == null) {
      throw new FetchException(
          from.getHost() + " redirects to '" + scheme + "', which is not followed");
    }
    return to;
  }

  /** Scheme, host and port, as browsers compare them. */
  static String origin(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }
}

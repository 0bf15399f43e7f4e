package dev.instar.fetch;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that the environment names: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code
 * ALL_PROXY} and {@code NO_PROXY}, in upper or lower case, as curl reads them. Where Java's own
 * properties ({@code https.proxyHost}) name one, those hold.
 */
final class Proxies extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Map<String, String> environment;
  private final ProxySelector ofProperties;

  private Proxies(Map<String, String> environment, ProxySelector ofProperties) {
    this.environment = environment;
    this.ofProperties = ofProperties;
  }

  /**
   * @param environment of the process
   * @throws IllegalArgumentException if it names something that is no HTTP proxy
   */
  static Proxies of(Map<String, String> environment) {
    Proxies proxies = new Proxies(environment, ProxySelector.getDefault());
    proxies.proxy("https");
    proxies.proxy("http");
    return proxies;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = uri.getHost();
    if (host == null || isLoopback(host)) {
      return DIRECT;
    }
    List<Proxy> own = ofProperties == null ? DIRECT : ofProperties.select(uri);
    if (own.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
      return own;
    }
    if (isExcepted(uri)) {
      return DIRECT;
    }
    return proxy(uri.getScheme())
        .map(
            address ->
                List.of(
                    new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(address.getHost(), port(address)))))
        .orElse(DIRECT);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request itself fails with the same exception.
  }

  /** Who answers a proxy that asks for the name and password that its address carries. */
  Optional<Authenticator> authenticator() {
    return proxy("https")
        .or(() -> proxy("http"))
        .map(URI::getRawUserInfo)
        .map(
            user -> {
              String[] parts = user.split(":", 2);
              String password = parts.length == 2 ? parts[1] : "";
              return new ProxyAuthenticator(
                  new PasswordAuthentication(decoded(parts[0]), decoded(password).toCharArray()));
            });
  }

  private Optional<URI> proxy(String scheme) {
    return variable(scheme + "_proxy").or(() -> variable("all_proxy")).map(Proxies::address);
  }

  private static URI address(String text) {
    URI address;
    try {
      address = URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the environment's proxy is no address", e);
    }
    if (address.getHost() == null || !"http".equalsIgnoreCase(address.getScheme())) {
      throw new IllegalArgumentException(
          "the environment's proxy must be http://HOST:PORT, not "
              + address.getScheme()
              + "://"
              + address.getHost());
    }
    return address;
  }

  private static int port(URI address) {
    return address.getPort() < 0 ? 80 : address.getPort();
  }

  private Optional<String> variable(String lowerCase) {
    return Optional.ofNullable(environment.get(lowerCase))
        .or(() -> Optional.ofNullable(environment.get(lowerCase.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank())
        .map(String::strip);
  }

  private boolean isExcepted(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    for (String entry : variable("no_proxy").orElse("").toLowerCase(Locale.ROOT).split("[,\\s]+")) {
      String name = entry;
      int colon = name.lastIndexOf(':');
      if (colon > 0 && name.indexOf(':') == colon) {
        if (!name.substring(colon + 1).equals(String.valueOf(uri.getPort()))) {
          continue;
        }
        name = name.substring(0, colon);
      }
      name = name.replaceFirst("^\\*?\\.", "");
      if (entry.equals("*")
          || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static final class ProxyAuthenticator extends Authenticator {
    private final PasswordAuthentication answer;

    private ProxyAuthenticator(PasswordAuthentication answer) {
      this.answer = answer;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY ? answer : null;
    }
  }
}

package io.trafficmirror.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes S3's XML. */
final class S3Xml {

  private static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private S3Xml() {}

  static HttpReply error(HttpCall call, int status, String code, String message) {
    String xml =
        PROLOG
            + "<Error>"
            + element("Code", code)
            + element("Message", message)
            + element("Resource", call.path())
            + element("RequestId", "EMBEDDED00000000")
            + "</Error>";
    return reply(status, xml);
  }

  static HttpReply ok(String root, String content) {
    String namespace = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    return reply(200, PROLOG + "<" + root + namespace + ">" + content + "</" + root + ">");
  }

  static String element(String name, String text) {
    String escaped =
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("\r", "&#13;");
    return "<" + name + ">" + escaped + "</" + name + ">";
  }

  private static HttpReply reply(int status, String xml) {
    byte[] body = xml.getBytes(StandardCharsets.UTF_8);
    return new HttpReply(status, Map.of("Content-Type", "application/xml"), body);
  }
}

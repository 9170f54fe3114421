import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * VeraPdf FLAVOUR FILE...: validates files against one flavour (ua1, 2a, ...) with veraPDF's own engine.
 * Prints each rule that fails once a file, with how often and where first. Exit 0 if all are compliant, 1 if one is not,
 * 2 if one could not be checked.
 */
public class VeraPdf {
  public static void main(String[] arguments) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(arguments[0]);
    if (flavour == PDFAFlavour.NO_FLAVOUR) {
      System.out.println("no such flavour: " + arguments[0]);
      System.exit(2);
    }
    int status = 0;
    for (int at = 1; at < arguments.length; at++) {
      if (arguments.length > 2) System.out.println(arguments[at]);
      status = Math.max(status, validate(flavour, arguments[at]));
    }
    System.exit(status);
  }

  private static int validate(PDFAFlavour flavour, String path) {
    try (FileInputStream file = new FileInputStream(path);
        PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      Map<String, Integer> count = new TreeMap<>();
      Map<String, String> first = new TreeMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        count.merge(rule, 1, Integer::sum);
        first.putIfAbsent(rule, assertion.getMessage() + " at " + assertion.getLocation().getContext());
      }
      count.forEach((rule, times) -> System.out.println(rule + " (" + times + " times): " + first.get(rule)));
      System.out.println(result.getTotalAssertions() + " assertions");
      return result.isCompliant() ? 0 : 1;
    } catch (Throwable error) {
      System.out.println(error);
      return 2;
    }
  }
}

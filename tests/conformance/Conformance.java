import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF about files. Arguments: flavours with commas between, then files. A file must pass every flavour. A file given
 * as {@code !FLAVOUR:RULE:FILE} must fail that flavour, by that rule (clause-test): so the judge is judged as well.
 * Prints a line per file and flavour, the rules it broke below it, and at last "N passed, M failed". Exit 1 if any failed.
 */
public class Conformance {
    private static final int FAILURES_SHOWN = 10;

    private int passed;
    private int failed;

    public static void main(String[] args) {
        VeraGreenfieldFoundryProvider.initialise();
        Conformance all = new Conformance();
        for (int i = 1; i < args.length; i++) {
            if (args[i].startsWith("!")) {
                all.expectRefusal(args[i].substring(1).split(":", 3));
            } else {
                for (String flavour : args[0].split(",")) {
                    all.expectPass(args[i], flavour);
                }
            }
        }
        System.out.println(all.passed + " passed, " + all.failed + " failed");
        System.exit(all.failed == 0 ? 0 : 1);
    }

    private void expectPass(String file, String flavour) {
        Map<String, String> broken = brokenRules(file, flavour);
        count(broken.isEmpty(), flavour + " " + file, broken);
    }

    private void expectRefusal(String[] what) {
        Map<String, String> broken = brokenRules(what[2], what[0]);
        count(broken.containsKey(what[1]), what[0] + " refuses " + what[2] + " by " + what[1], broken);
    }

    private void count(boolean good, String what, Map<String, String> broken) {
        System.out.println((good ? "pass " : "FAIL ") + what);
        if (good) {
            passed++;
            return;
        }
        failed++;
        List<String> lines = new ArrayList<>(broken.values());
        for (String line : lines.subList(0, Math.min(lines.size(), FAILURES_SHOWN))) {
            System.out.println("     " + line);
        }
    }

    /** The first failure of each rule, by rule; a file that cannot be read breaks the rule "unreadable". */
    private static Map<String, String> brokenRules(String file, String flavourId) {
        Map<String, String> broken = new LinkedHashMap<>();
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(flavourId);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, 100, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion a : result.getTestAssertions()) {
                if (a.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber();
                    broken.putIfAbsent(rule, rule + ": " + a.getMessage() + " @ " + a.getLocation().getContext());
                }
            }
            if (!result.isCompliant() && broken.isEmpty()) {
                broken.put("unknown", "not compliant, no rule named");
            }
        } catch (Exception e) {
            broken.put("unreadable", "unreadable: " + e);
        }
        return broken;
    }
}

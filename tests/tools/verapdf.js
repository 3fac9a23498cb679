// Checks PDFs against PDF/UA-1 with veraPDF's own engine, and prints what fails.
// Run by Rhino, the JavaScript interpreter that veraPDF brings along: see verapdf.py.

var pdfa = Packages.org.verapdf.pdfa;
Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var foundry = pdfa.Foundries.defaultInstance();
var flavour = pdfa.flavours.PDFAFlavour.PDFUA_1;

for (var i = 0; i < arguments.length; i++) {
  var parser = foundry.createParser(new java.io.FileInputStream(arguments[i]), flavour);
  var result = foundry.createValidator(flavour, false).validate(parser);
  print(["checked", i, result.isCompliant(), result.getTotalAssertions()].join("\t"));
  var failures = result.getTestAssertions().iterator();
  while (failures.hasNext()) {
    var failure = failures.next();
    var rule = failure.getRuleId();
    var where = failure.getLocation().getContext();
    print(["failed", i, rule.getClause() + "-" + rule.getTestNumber(), failure.getMessage(), where].join("\t"));
  }
  parser.close();
}

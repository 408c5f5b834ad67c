package io.novacron.zeroops.http.routes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.safety.Mode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard in a browser, as people see it. */
class DashboardTest {
    private static Playwright playwright;
    private static Browser browser;
    private RunningServer node;
    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void launch() {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "skipped: needs chromium");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of("--no-sandbox")));
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @AfterAll
    static void quit() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void start() {
        node = new RunningServer();
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequestFailed(request -> complaints.add("failed: " + request.url()));
        page.onResponse(response -> {
            if (response.status() >= 400) {
                complaints.add(response.status() + ": " + response.url());
            }
        });
    }

    @AfterEach
    void stop() {
        context.close();
        node.close();
    }

    private void open() {
        page.navigate(node.uri("/zeroops/dashboard").toString());
        assertThat(rows()).hasCount(4);
    }

    private Locator rows() {
        return page.locator("#decision-list > li");
    }

    private void screenshot(String name) {
        page.evaluate("scrollTo(0, 0)"); // what stays at the top is drawn where one is
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    @Test
    void thePageShowsEverythingAndComplainsOfNothing() {
        open();
        assertThat(page.locator("#badges")).containsText("mode: full");
        assertThat(page.locator("#badges")).containsText("ready");
        assertThat(page.locator("#badges")).containsText("simulated fleet");
        assertThat(page.locator("#clock")).containsText("2026-01-05 12:2");
        assertThat(page.locator("#clock")).containsText("10 × real time");
        assertThat(page.locator("#counts")).containsText("48,211");
        assertThat(page.locator("#fleet tr")).hasCount(3);
        assertThat(page.locator("#fleet tr").first()).containsText("612/s");
        assertThat(page.locator("#fleet tr").first()).containsText("$0.7488/h");
        assertThat(page.locator("#budgets .budget")).hasCount(3);
        assertThat(page.locator("#budgets")).containsText("$648.25 of $700.00");
        assertThat(page.locator("#charts canvas")).hasCount(2);
        assertThat(rows().first()).containsText("workload/web");
        assertThat(rows().nth(2)).containsText("6 → 7 of 10");
        assertThat(page.locator("#notice")).isHidden();
        screenshot("light");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aDecisionAppearsAndChangesWhileOneLooks() {
        open();
        var decision = FoldedDecision.opened("web", 70, 1150, 9, 10);
        node.views.put(decision.view());
        node.operations.changed(decision.view());
        assertThat(rows()).hasCount(5);
        assertThat(rows().first()).containsText("in review");
        decision.verified();
        node.views.put(decision.view());
        node.operations.changed(decision.view());
        assertThat(rows().first()).containsText("verified");
        assertThat(rows()).hasCount(5);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aRowOpensByKeyboardAndTellsAll() {
        open();
        Locator row = rows().nth(2);
        row.locator("summary").focus();
        page.keyboard().press("Enter");
        Locator detail = row.locator(".detail");
        for (String text : List.of(
                "utilisation of the SLO-safe capacity becomes 71 %",
                "max_scale_up_percent",
                "6 may become 7 in 5 minutes",
                "do nothing",
                "655.1200",
                "governor countered",
                "verified")) {
            assertThat(detail).containsText(text);
        }
        screenshot("details");
        assertThat(complaints).isEmpty();
    }

    @Test
    void whatComesFromOutsideStaysText() {
        String hostile = "<img src=x onerror=\"document.title='taken'\">";
        node.views.put(FoldedDecision.opened("web", 80, 1160, 9, 10)
                .vote(new Vote.Reject("<b>limit</b>", hostile))
                .closed()
                .view());
        page.navigate(node.uri("/zeroops/dashboard").toString());
        rows().first().locator("summary").click();
        assertThat(rows().first().locator(".detail")).containsText(hostile);
        assertThat(page.locator("main img, main b")).hasCount(0);
        assertThat(page).hasTitle(Pattern.compile("Zero-Ops"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void rowsHaveABound() {
        for (int i = 0; i < 105; i++) {
            node.views.put(FoldedDecision.opened("web", 100 + i, 1150, 7, 9).view());
        }
        page.navigate(node.uri("/zeroops/dashboard").toString());
        assertThat(rows()).hasCount(100);
        for (int i = 1; i <= 400; i++) {
            node.operations.changed(
                    FoldedDecision.opened("web", 500 + i, 1160, 7, 9).view());
        }
        assertThat(rows().first()).hasAttribute("data-decision", "scaler/web/900");
        assertThat(rows()).hasCount(100);
    }

    @Test
    void whatPeopleMustSeeIsSaid() {
        node.operations.problems.add("journal not writable: no space left");
        node.operations.mode = Mode.PAUSED;
        node.views.put(RunningServer.escalated(70).view());
        FoldedDecision asked =
                FoldedDecision.opened("web", 71, 1160, 7, 12, 0.2).approvedBy("person-1");
        node.views.put(asked.view());
        page.navigate(node.uri("/zeroops/dashboard").toString());
        assertThat(rows()).hasCount(6);
        assertThat(page.locator("#notice")).hasText("Not ready: journal not writable: no space left");
        assertThat(page.locator("#badges")).containsText("not ready");
        assertThat(page.locator("#badges")).containsText("mode: paused");
        assertThat(rows().nth(1)).containsText("escalated");
        assertThat(rows().first()).containsText("waits for people");
        rows().first().locator("summary").click();
        assertThat(rows().first().locator(".detail")).containsText("1 of 2 approved: person-1");
        assertThat(rows().first().locator(".detail"))
                .containsText(
                        asked.view().state().course().orElseThrow().proposal().hash());
        screenshot("people");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aServerThatComesBackIsFoundAgain() {
        open();
        int port = node.port();
        node.stop();
        assertThat(page.locator("#notice")).containsText("Connection lost");
        node.views.put(FoldedDecision.opened("web", 90, 1170, 9, 10).verified().view());
        node.startAgain(port);
        assertThat(page.locator("#notice"))
                .isHidden(
                        new com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions().setTimeout(20_000));
        assertThat(rows()).hasCount(5);
    }

    @ParameterizedTest
    @CsvSource({"390, 844, LIGHT", "1280, 800, DARK", "390, 844, DARK"})
    void itFitsEveryScreen(int width, int height, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, height);
        open();
        rows().nth(2).locator("summary").click();
        assertThat(rows().nth(2).locator(".detail")).containsText("655.1200");
        screenshot("screen-" + width + "-" + scheme);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
        assertThat(page.evaluate("document.querySelector('.uplot').clientWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(complaints).isEmpty();
    }
}

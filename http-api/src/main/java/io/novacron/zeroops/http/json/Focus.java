package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.persistence.view.CostRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cost records by the FinOps Open Cost and Usage Specification (FOCUS) 1.0, https://focus.finops.org: all of its columns, in
 * alphabetical order, empty where there is nothing to say. There are no discounts and no commitments yet, and so the
 * effective, the contracted and the list cost are what was billed.
 */
public final class Focus {
    private static final String NAME = "NovaCron Zero-Ops";
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
    private static final int DIGITS = 6;
    private static final Pattern FIGURES = Pattern.compile(".*(Cost|UnitPrice|Quantity)");

    /** Of CSV. */
    public static final String HEADER = String.join(
                    ",",
                    columns(new CostRecord("", "", "", "", Instant.EPOCH, Instant.EPOCH, Money.ZERO, Money.ZERO))
                            .keySet())
            + "\n";

    private Focus() {}

    /** Of CSV. */
    public static String line(CostRecord record) {
        return columns(record).values().stream().map(Focus::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    /** For JSON: by names in snake_case; null where there is nothing to say. */
    public static Map<String, @Nullable Object> values(CostRecord record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        columns(record).forEach((name, value) -> values.put(snakeCase(name), value(name, value)));
        return values;
    }

    private static @Nullable Object value(String name, String value) {
        if (value.isEmpty()) {
            return null;
        }
        return FIGURES.matcher(name).matches() ? new BigDecimal(value) : value;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> columns(CostRecord r) {
        YearMonth month = YearMonth.from(LocalDate.ofInstant(r.from(), ZoneOffset.UTC));
        String cost = plain(r.billed());
        String hours = BigDecimal.valueOf(Duration.between(r.from(), r.to()).toMillis())
                .divide(MILLIS_PER_HOUR, DIGITS, RoundingMode.HALF_UP)
                .toPlainString();
        String price = plain(r.listPerHour());
        String kind = r.resource().contains("/")
                ? r.resource().substring(0, r.resource().indexOf('/'))
                : r.resource();
        Map<String, String> c = new LinkedHashMap<>();
        c.put("AvailabilityZone", "");
        c.put("BilledCost", cost);
        c.put("BillingAccountId", "main");
        c.put("BillingAccountName", NAME);
        c.put("BillingCurrency", "USD");
        c.put("BillingPeriodEnd", start(month.plusMonths(1)));
        c.put("BillingPeriodStart", start(month));
        c.put("ChargeCategory", "Usage");
        c.put("ChargeClass", "");
        c.put("ChargeDescription", r.resource() + ", " + hours + " hours, $" + price + " per hour at their end");
        c.put("ChargeFrequency", "Usage-Based");
        c.put("ChargePeriodEnd", r.to().toString());
        c.put("ChargePeriodStart", r.from().toString());
        c.put("CommitmentDiscountCategory", "");
        c.put("CommitmentDiscountId", "");
        c.put("CommitmentDiscountName", "");
        c.put("CommitmentDiscountStatus", "");
        c.put("CommitmentDiscountType", "");
        c.put("ConsumedQuantity", hours);
        c.put("ConsumedUnit", "Hours");
        c.put("ContractedCost", cost);
        c.put("ContractedUnitPrice", price);
        c.put("EffectiveCost", cost);
        c.put("InvoiceIssuerName", NAME);
        c.put("ListCost", cost);
        c.put("ListUnitPrice", price);
        c.put("PricingCategory", "Standard");
        c.put("PricingQuantity", hours);
        c.put("PricingUnit", "Hours");
        c.put("ProviderName", NAME);
        c.put("PublisherName", NAME);
        c.put("RegionId", r.region());
        c.put("RegionName", r.region());
        c.put("ResourceId", r.resource());
        c.put("ResourceName", r.resource().substring(r.resource().indexOf('/') + 1));
        c.put("ResourceType", kind);
        c.put("ServiceCategory", "Compute");
        c.put("ServiceName", "Virtual Machines");
        c.put("SkuId", "");
        c.put("SkuPriceId", "");
        c.put("SubAccountId", r.node());
        c.put("SubAccountName", r.node());
        c.put("Tags", r.parent().isEmpty() ? "" : "{\"budget_parent\": \"" + r.parent() + "\"}");
        return c;
    }

    private static String start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    }

    private static String plain(Money money) {
        return BigDecimal.valueOf(money.micros(), DIGITS).toPlainString();
    }

    /** RFC 4180. */
    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}

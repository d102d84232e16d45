// From "not connected" to the place where it is mended.
import { accessible, expect, picture, test } from "./host";

test("a problem leads to the address it asks for, and is gone once it is given", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: /Change personal details/ }).click();
  const problems = page.getByRole("region", { name: "Problems" });
  await problems.getByRole("button", { expanded: false }).click();
  const missing = problems
    .getByRole("listitem")
    .filter({ hasText: '"Update customer" has no live address' });
  await expect(missing).toBeVisible();
  await missing.getByRole("link", { name: "Say where it calls" }).click();
  await expect(page).toHaveURL(/settings\/connections\?action=action_update_customer/);
  const asked = page.locator("li[aria-current=true]");
  await expect(asked).toContainText("Update customer");
  await expect(asked).toBeInViewport();
  await expect(asked.getByRole("checkbox")).toBeChecked();
  await accessible(page, "the connections, asked for one action");
  await picture(page, "connect-one");

  await page.getByRole("textbox", { name: "Live system" }).fill("https://crm.example.com/api");
  await page.getByRole("button", { name: /^Confirm for/ }).click();
  await expect(asked).toContainText("https://crm.example.com/api");
  await page.goBack();
  await expect(page.getByRole("textbox", { name: "Title" })).toBeVisible();
  await expect(problems.getByText("has no live address")).toHaveCount(0);
});

test("an action without a request leads to the page for engineers", async ({ page, host }) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: "Actions" }).click();
  await page.getByRole("button", { name: "New action" }).click();
  await page.getByRole("textbox", { name: "Name of the action" }).fill("Find parcel");
  await page.getByRole("link", { name: "Connect it" }).click();
  const engineers = page.getByRole("region", { name: "For your engineers" });
  await expect(engineers.getByRole("button", { name: "Connect it" })).toBeInViewport();
  await engineers.getByRole("button", { name: "Connect it" }).click();
  await engineers.getByLabel("Path below the base URL").fill("/parcels/{number}");
  await page.getByRole("link", { name: "Say where it calls" }).click();
  await expect(page.locator("li[aria-current=true]")).toContainText("Find parcel");
});

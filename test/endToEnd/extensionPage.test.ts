import assert from 'node:assert/strict';
import { type Product, startProduct } from './support/product';

describe('the page of the installed extension', () => {
  let product: Product;

  before(async () => {
    product = await startProduct({});
  });

  afterEach(async function () {
    await product.workbench.screenshotOfFailure(this.currentTest);
  });

  after(async () => {
    await product.stop();
  });

  it('shows the README, and no picture that cannot be loaded there', async () => {
    const { workbench } = product;
    await workbench.runCommand('Extensions: Show Installed Extensions');
    const installed = workbench.page.locator('.extensions-list .monaco-list-row');
    await installed.filter({ hasText: 'Workbin Inspector' }).click();
    const readme = workbench.webview();
    await readme.getByRole('heading', { name: 'Three steps' }).waitFor();
    await readme.getByRole('heading', { name: 'Limits' }).waitFor();
    const broken = await readme.locator('img').evaluateAll((images) =>
      images
        .map((image) => image as HTMLImageElement)
        .filter(({ naturalWidth }) => naturalWidth === 0)
        .map(({ alt }) => alt),
    );
    assert.deepEqual(broken, []);
    await workbench.screenshot('extension-page-dark');
  });
});

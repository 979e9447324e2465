/** The worker as tests start it. */
import '../../../../src/recording/scan/scanWorker';
